package org.hyperhypo.asr.audio;

import java.nio.file.Path;

/// Where a recording comes from: a file, the output of a shell command as in Kaldi's `wav.scp`, or memory.
///
/// A [Command] exists only where the user allowed commands: whoever reads a table decides that, see `DataDir`.
public sealed interface AudioSource {
    record File(Path path) implements AudioSource {
        @Override
        public Audio read() throws AudioException {
            return AudioFiles.read(path);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /// @param line           for `/bin/sh -c`, without the bar at the end
    /// @param timeoutSeconds after which the command is ended and the recording refused
    record Command(String line, double timeoutSeconds) implements AudioSource {
        @Override
        public Audio read() throws AudioException {
            return AudioFiles.read(ShellCommand.output(line, timeoutSeconds), toString());
        }

        @Override
        public String toString() {
            return line + " |";
        }
    }

    /// Read already, for instance from standard input.
    record Loaded(String name, Audio audio) implements AudioSource {
        @Override
        public Audio read() {
            return audio;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    Audio read() throws AudioException;
}
