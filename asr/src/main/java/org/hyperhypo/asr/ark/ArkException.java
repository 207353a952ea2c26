package org.hyperhypo.asr.ark;

import java.io.IOException;

/// An archive that is damaged or not what was asked for: `file: reason (byte n)`, in text `file:line: reason (byte n)`.
/// In gzipped archives bytes and lines are those of the unpacked data.
public class ArkException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    ArkException(String file, long offset, String reason, Throwable cause) {
        super(file + ": " + reason + " (byte " + offset + ")", cause);
        this.offset = offset;
    }

    /// Byte in the file at which reading stopped making sense.
    public long offset() {
        return offset;
    }
}
