package org.hyperhypo.experiments;

/// A mistake that the user can mend: the message names the thing, both values and the remedy, and is shown without a stack trace.
public class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
