package org.hyperhypo.experiments.mpi;

import org.hyperhypo.experiments.UserError;

/// Something between the processes went wrong. The message names rank and cause.
public final class MpiException extends UserError {
    private static final long serialVersionUID = 1L;

    MpiException(String message) {
        super(message);
    }
}
