package org.hyperhypo.asr.ark;

import java.io.IOException;
import java.nio.file.Path;

/// An archive that is damaged or not what was asked for: `file: reason (byte n)`, or `file:line: reason` for text.
public class ArkException extends IOException {
    private static final long serialVersionUID = 1L;

    ArkException(Path file, long offset, String reason) {
        super(file + ": " + reason + " (byte " + offset + ")");
    }

    ArkException(Path file, int line, String reason) {
        super(file + ":" + line + ": " + reason);
    }

    ArkException(Path file, String reason, Throwable cause) {
        super(file + ": " + reason, cause);
    }
}
