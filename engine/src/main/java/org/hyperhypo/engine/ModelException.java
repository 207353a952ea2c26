package org.hyperhypo.engine;

/// A network, mask or file that cannot be used; the message names the thing, what was found and what would do.
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
