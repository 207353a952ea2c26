package org.hyperhypo.asr.audio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads audio by content, whatever the file is called: WAV (RIFF, RIFX, RF64), FLAC, NIST SPHERE.
///
/// A file is either read right or refused with an [AudioException] that names the file and the reason; wrong audio is
/// never returned in silence. Memory follows the bytes that are there, not what a header claims.
public final class AudioFiles {
    private AudioFiles() {
    }

    public static Audio read(Path file) throws AudioException {
        byte[] data;
        try {
            if (Files.isDirectory(file)) {
                throw new AudioException(file.toString(), "is a folder, not an audio file");
            }
            long size = Files.size(file);
            if (size > Integer.MAX_VALUE - 64) {
                throw new AudioException(file.toString(), size + " bytes: files of 2 GB and more are not read; split it");
            }
            data = Files.readAllBytes(file);
        } catch (AudioException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new AudioException(file.toString(), "no such file", e);
        } catch (IOException e) {
            throw new AudioException(file.toString(), "cannot be read: " + e.getMessage(), e);
        }
        return read(data, file.toString());
    }

    /// The same for bytes already in memory; `name` stands in messages.
    public static Audio read(byte[] data, String name) throws AudioException {
        Bytes bytes = new Bytes(name, data);
        if (data.length == 0) {
            throw bytes.error("empty file");
        }
        if (bytes.startsWith(0, "RIFF") || bytes.startsWith(0, "RIFX") || bytes.startsWith(0, "RF64")) {
            return finite(bytes, WavReader.read(bytes));
        }
        if (bytes.startsWith(0, "fLaC") || bytes.startsWith(0, "ID3")) {
            return FlacReader.read(bytes);
        }
        if (bytes.startsWith(0, "NIST_1A")) {
            return SphereReader.read(bytes);
        }
        if (bytes.startsWith(0, "OggS")) {
            throw bytes.error("an Ogg container is not supported; convert it to FLAC or WAV");
        }
        throw bytes.error(0, "neither WAV (RIFF), FLAC nor NIST SPHERE: it begins with \"" + bytes.show(0, 4) + "\"");
    }

    /// Headerless 16-bit little-endian mono samples, as on a pipe.
    public static Audio readRaw16(byte[] data, int rate, String name) throws AudioException {
        if (data.length % 2 != 0) {
            throw new AudioException(name, data.length - 1L, "raw 16-bit audio ends inside a sample", null);
        }
        return new Audio(Samples.decode(new Bytes(name, data), 0, data.length / 2, 1, Samples.Coding.INT16), rate);
    }

    private static Audio finite(Bytes bytes, Audio audio) throws AudioException {
        for (int c = 0; c < audio.channels().length; c++) {
            float[] x = audio.channels()[c];
            for (int t = 0; t < x.length; t++) {
                if (!Float.isFinite(x[t])) {
                    throw bytes.error("sample " + t + " of channel " + c + " is " + x[t] + "; repair the recording");
                }
            }
        }
        return audio;
    }
}
