package org.hyperhypo.asr.data;

import java.nio.file.Path;

/// Something wrong or noteworthy in a file: `path:line: message; remedy`. Line 0 stands for the whole file.
public record Problem(Path file, int line, String message) {
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + message;
    }
}
