package org.hyperhypo.asr.audio;

import java.io.IOException;

/// An audio file that cannot be read or written right. The message is `file: reason`, with the byte offset where one is known.
public class AudioException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    public AudioException(String file, String reason) {
        this(file, -1, reason, null);
    }

    public AudioException(String file, String reason, Throwable cause) {
        this(file, -1, reason, cause);
    }

    AudioException(String file, long offset, String reason, Throwable cause) {
        super(file + ": " + reason + (offset < 0 ? "" : " (byte " + offset + ")"), cause);
        this.file = file;
        this.offset = offset;
    }

    public String file() {
        return file;
    }

    /// Byte offset in the file, or −1 where none applies.
    public long offset() {
        return offset;
    }
}
