package org.hyperhypo.experiments;

import java.io.Serializable;

/// One item that could not be done while the rest went on.
///
/// @param stage  where, for instance "features"
/// @param item   what, usually an utterance id
/// @param reason why
public record Failure(String stage, String item, String reason) implements Serializable {
    @Override
    public String toString() {
        return stage + ": " + item + ": " + reason;
    }
}
