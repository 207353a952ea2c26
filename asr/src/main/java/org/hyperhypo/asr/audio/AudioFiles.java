package org.hyperhypo.asr.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads audio by content, whatever the file is called: WAV (RIFF, RIFX, RF64), FLAC, NIST SPHERE.
///
/// A file is either read right or refused with an [AudioException] that names the file and the reason; wrong audio is
/// never returned in silence. Memory follows the bytes that are there, not what a header claims. Every refusal names a byte.
public final class AudioFiles {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    private AudioFiles() {
    }

    public static Audio read(Path file) throws AudioException {
        byte[] data;
        try {
            if (Files.isDirectory(file)) {
                throw new AudioException(file.toString(), "is a folder, not an audio file");
            }
            long size = Files.size(file);
            if (size > MAX_BYTES) {
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
            throw bytes.error(0, "empty file");
        }
        if (bytes.startsWith(0, "RIFF") || bytes.startsWith(0, "RIFX") || bytes.startsWith(0, "RF64")) {
            return WavReader.read(bytes);
        }
        if (bytes.startsWith(0, "fLaC") || bytes.startsWith(0, "ID3")) {
            return FlacReader.read(bytes);
        }
        if (bytes.startsWith(0, "NIST_1A")) {
            return SphereReader.read(bytes);
        }
        if (bytes.startsWith(0, "OggS")) {
            throw bytes.error(0, "an Ogg container is not supported; convert it to FLAC or WAV");
        }
        throw bytes.error(0, "neither WAV (RIFF), FLAC nor NIST SPHERE: it begins with \"" + bytes.show(0, 4) + "\"");
    }

    /// Any source, see [AudioSource].
    public static Audio read(AudioSource source) throws AudioException {
        return source.read();
    }

    /// A stream to its end, for instance standard input: headerless samples where a format is given, else told by content.
    public static Audio read(InputStream in, RawFormat raw, String name) throws AudioException {
        byte[] data;
        try {
            data = in.readNBytes(MAX_BYTES);
        } catch (IOException e) {
            throw new AudioException(name, "cannot be read: " + e.getMessage(), e);
        }
        if (data.length == MAX_BYTES) {
            throw new AudioException(name, MAX_BYTES + " bytes or more; cut the recording");
        }
        return raw == null ? read(data, name) : readRaw(data, raw, name);
    }

    /// Headerless samples.
    public static Audio readRaw(byte[] data, RawFormat format, String name) throws AudioException {
        return format.read(new Bytes(name, data));
    }
}
