package org.hyperhypo.asr.decode;

/// An utterance without a hypothesis; a batch counts it as failed and goes on.
public final class DecodingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Why there is no hypothesis.
    public enum Reason {
        /// Fewer frames than the shortest path through the graph.
        TOO_FEW_FRAMES,
        /// A score is NaN or +Infinity.
        BAD_SCORE,
        /// Every path meets a score of −Infinity, or the widest beam lost all tokens that could end.
        NO_PATH
    }

    private final Reason reason;

    DecodingException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
