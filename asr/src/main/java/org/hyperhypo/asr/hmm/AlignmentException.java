package org.hyperhypo.asr.hmm;

/// An utterance that cannot be aligned; a batch counts it as failed and goes on.
public final class AlignmentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AlignmentException(String message) {
        super(message);
    }
}
