package org.hyperhypo.asr.audio;

import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.hyperhypo.asr.audio.Samples.Coding;

/// How headerless samples are stored, written `RATE[:CODING[:CHANNELS]]`, for instance `16000`, `8000:mulaw` or `44100:f32le:2`.
public record RawFormat(int rate, String coding, int channels) {
    private record Stored(Coding coding, ByteOrder order) {
    }

    private static final Map<String, Stored> CODINGS = new TreeMap<>(Map.of("s16le", little(Coding.INT16), "s16be", big(Coding.INT16),
        "u8", little(Coding.UINT8), "s24le", little(Coding.INT24), "s32le", little(Coding.INT32), "f32le", little(Coding.FLOAT32),
        "f64le", little(Coding.FLOAT64), "mulaw", little(Coding.MU_LAW), "alaw", little(Coding.A_LAW)));

    public RawFormat {
        if (rate < 1 || rate > 10_000_000) {
            throw new IllegalArgumentException("raw audio at " + rate + " Hz: must be 1 to 10000000");
        }
        if (!CODINGS.containsKey(coding)) {
            throw new IllegalArgumentException("raw audio coded as \"" + coding + "\": known are " + String.join(", ", CODINGS.keySet()));
        }
        if (channels < 1 || channels > 256) {
            throw new IllegalArgumentException("raw audio with " + channels + " channels: must be 1 to 256");
        }
    }

    public static RawFormat parse(String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length <= 3) {
                return new RawFormat(Integer.parseInt(parts[0]), parts.length > 1 ? parts[1] : "s16le", parts.length > 2 ? Integer.parseInt(parts[2]) : 1);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no raw format; write RATE[:CODING[:CHANNELS]], for instance 16000:s16le:1", e);
        }
        throw new IllegalArgumentException("\"" + text + "\" is no raw format; write RATE[:CODING[:CHANNELS]], for instance 16000:s16le:1");
    }

    Audio read(Bytes in) throws AudioException {
        Stored stored = CODINGS.get(coding);
        int frame = stored.coding.bytes * channels;
        if (in.length() % frame != 0) {
            throw in.error(in.length() - in.length() % frame, "raw audio ends inside a frame of " + frame + " bytes");
        }
        in.buffer.order(stored.order);
        return new Audio(Samples.decode(in, 0, in.length() / frame, channels, stored.coding), rate);
    }

    private static Stored little(Coding coding) {
        return new Stored(coding, ByteOrder.LITTLE_ENDIAN);
    }

    private static Stored big(Coding coding) {
        return new Stored(coding, ByteOrder.BIG_ENDIAN);
    }
}
