package org.hyperhypo.asr.audio;

import java.nio.ByteBuffer;

/// Interleaved sample bytes to floats.
final class Samples {
    /// How one sample is stored; `bytes` in the file. Byte order is that of the buffer.
    enum Coding {
        UINT8(1), INT8(1), INT16(2), INT24(3), INT32(4), FLOAT32(4), FLOAT64(8), MU_LAW(1), A_LAW(1);

        final int bytes;

        Coding(int bytes) {
            this.bytes = bytes;
        }
    }

    private Samples() {
    }

    /// `frames` frames of `channels` interleaved samples from byte `offset`; the caller has checked that they are there. A float sample
    /// that is NaN or infinite is an error that names it.
    static float[][] decode(Bytes bytes, int offset, int frames, int channels, Coding coding) throws AudioException {
        float[][] out = new float[channels][frames];
        int step = coding.bytes * channels;
        for (int c = 0; c < channels; c++) {
            channel(bytes.buffer, offset + c * coding.bytes, step, out[c], coding);
            for (int t = 0; t < frames; t++) {
                if (!Float.isFinite(out[c][t])) {
                    throw bytes.error(offset + (long) t * step + c * coding.bytes, "sample " + t + " of channel " + c + " is " + out[c][t]
                        + "; repair the recording");
                }
            }
        }
        return out;
    }

    private static void channel(ByteBuffer b, int from, int step, float[] out, Coding coding) {
        int n = out.length;
        int p = from;
        switch (coding) {
            case UINT8 -> {
                for (int t = 0; t < n; t++, p += step) {
                    out[t] = ((b.get(p) & 0xff) - 128) / 128f;
                }
            }
            case INT8 -> {
                for (int t = 0; t < n; t++, p += step) {
                    out[t] = b.get(p) / 128f;
                }
            }
            case INT16 -> {
                for (int t = 0; t < n; t++, p += step) {
                    out[t] = b.getShort(p) / 32768f;
                }
            }
            case INT24 -> {
                boolean little = b.order() == java.nio.ByteOrder.LITTLE_ENDIAN;
                for (int t = 0; t < n; t++, p += step) {
                    int high = b.get(little ? p + 2 : p);
                    int low = b.get(little ? p : p + 2) & 0xff;
                    out[t] = (high << 16 | (b.get(p + 1) & 0xff) << 8 | low) / 8388608f;
                }
            }
            case INT32 -> {
                for (int t = 0; t < n; t++, p += step) {
                    out[t] = (float) (b.getInt(p) / 2147483648.0);
                }
            }
            case FLOAT32 -> {
                for (int t = 0; t < n; t++, p += step) {
                    out[t] = b.getFloat(p);
                }
            }
            case FLOAT64 -> {
                for (int t = 0; t < n; t++, p += step) {
                    out[t] = (float) b.getDouble(p);
                }
            }
            case MU_LAW -> {
                for (int t = 0; t < n; t++, p += step) {
                    out[t] = G711.decodeMuLaw(b.get(p)) / 32768f;
                }
            }
            case A_LAW -> {
                for (int t = 0; t < n; t++, p += step) {
                    out[t] = G711.decodeALaw(b.get(p)) / 32768f;
                }
            }
        }
    }
}
