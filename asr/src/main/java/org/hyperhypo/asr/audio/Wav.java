package org.hyperhypo.asr.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Writes 16-bit PCM WAV files: the same samples give the same bytes, and a file is there whole or not at all.
public final class Wav {
    private static final int HEADER = 44;

    private Wav() {
    }

    /// One channel, samples −1..1, rounded to the nearest of 65536 steps and clipped at full scale.
    public static void write(Path file, float[] samples, int rate) throws AudioException {
        write(file, new Audio(new float[][] {samples}, rate));
    }

    public static void write(Path file, Audio audio) throws AudioException {
        byte[] bytes = encode(audio, file.toString());
        try {
            WholeFile.write(file, bytes);
        } catch (IOException e) {
            throw new AudioException(file.toString(), "cannot be written: " + e, e);
        }
    }

    /// The file's bytes: a 44-byte header and interleaved little-endian samples.
    public static byte[] encode(Audio audio) throws AudioException {
        return encode(audio, "wav");
    }

    private static byte[] encode(Audio audio, String name) throws AudioException {
        int channels = audio.channels().length;
        long size = 2L * audio.frames() * channels;
        if (size > Integer.MAX_VALUE - 64 || channels > 32767) {
            throw new AudioException(name, size + " bytes of samples: WAV files of 2 GB and more are not written");
        }
        ByteBuffer out = ByteBuffer.allocate(HEADER + (int) size).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER - 8 + (int) size);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) 1).putShort((short) channels).putInt(audio.rate()).putInt(audio.rate() * 2 * channels);
        out.putShort((short) (2 * channels)).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) size);
        for (int t = 0; t < audio.frames(); t++) {
            for (int c = 0; c < channels; c++) {
                out.putShort(toInt16(audio.channels()[c][t], t, name));
            }
        }
        return out.array();
    }

    private static short toInt16(float x, int t, String name) throws AudioException {
        if (Float.isNaN(x)) {
            throw new AudioException(name, "sample " + t + " to be written is NaN");
        }
        return (short) Math.clamp(Math.round(x * 32768.0), -32768, 32767);
    }
}
