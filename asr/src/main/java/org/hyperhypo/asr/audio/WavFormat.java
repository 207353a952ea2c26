package org.hyperhypo.asr.audio;

import org.hyperhypo.asr.audio.Samples.Coding;

/// The `fmt ` chunk, checked: everything that `data` needs, or a refusal that names the field.
record WavFormat(int channels, int rate, Coding coding) {
    private static final int MAX_CHANNELS = 256;
    private static final int MAX_RATE = 10_000_000;
    /// The last 14 bytes of every sub-format GUID that only repeats a format tag.
    private static final int[] GUID_TAIL = {0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71};

    static WavFormat parse(Bytes in, int at, int size) throws AudioException {
        if (size < 16) {
            throw in.error(at, "fmt chunk of " + size + " bytes, needs 16 or more");
        }
        int tag = in.buffer.getShort(at) & 0xffff;
        int channels = in.buffer.getShort(at + 2) & 0xffff;
        long rate = in.buffer.getInt(at + 4) & 0xffffffffL;
        long byteRate = in.buffer.getInt(at + 8) & 0xffffffffL;
        int blockAlign = in.buffer.getShort(at + 12) & 0xffff;
        int bits = in.buffer.getShort(at + 14) & 0xffff;
        if (tag == 0xfffe) {
            tag = subFormat(in, at, size, bits);
        }
        Coding coding = coding(in, at, tag, bits);
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw in.error(at + 2, channels + " channels; 1 to " + MAX_CHANNELS + " are read");
        }
        if (rate < 1 || rate > MAX_RATE) {
            throw in.error(at + 4, "sample rate " + rate + " Hz; 1 to " + MAX_RATE + " are read");
        }
        if (blockAlign != channels * coding.bytes) {
            throw in.error(at + 12, "block align " + blockAlign + ", but " + channels + " channels of " + bits + " bits need "
                + channels * coding.bytes);
        }
        if (byteRate != rate * blockAlign) {
            in.warnings.add("byte rate says " + byteRate + ", the format makes " + rate * blockAlign);
        }
        return new WavFormat(channels, (int) rate, coding);
    }

    private static int subFormat(Bytes in, int at, int size, int bits) throws AudioException {
        if (size < 40) {
            throw in.error(at, "WAVE_FORMAT_EXTENSIBLE with a fmt chunk of " + size + " bytes, needs 40");
        }
        boolean big = in.buffer.order() == java.nio.ByteOrder.BIG_ENDIAN;
        for (int i = 0; i < GUID_TAIL.length && !big; i++) {
            if ((in.data[at + 26 + i] & 0xff) != GUID_TAIL[i]) {
                throw in.error(at + 24, "unknown sub-format GUID \"" + in.show(at + 24, 16) + "\"");
            }
        }
        int validBits = in.buffer.getShort(at + 18) & 0xffff;
        if (validBits > bits) {
            throw in.error(at + 18, validBits + " valid bits in a sample of " + bits);
        }
        return in.buffer.getShort(at + 24) & 0xffff;
    }

    private static Coding coding(Bytes in, int at, int tag, int bits) throws AudioException {
        Coding coding = switch (tag) {
            case 1 -> switch (bits) {
                case 8 -> Coding.UINT8;
                case 16 -> Coding.INT16;
                case 24 -> Coding.INT24;
                case 32 -> Coding.INT32;
                default -> null;
            };
            case 3 -> bits == 32 ? Coding.FLOAT32 : bits == 64 ? Coding.FLOAT64 : null;
            case 6 -> bits == 8 ? Coding.A_LAW : null;
            case 7 -> bits == 8 ? Coding.MU_LAW : null;
            default -> throw in.error(at, "codec " + name(tag) + " is not supported; convert it to PCM WAV or FLAC");
        };
        if (coding == null) {
            throw in.error(at + 14, name(tag) + " with " + bits + " bits per sample is not supported");
        }
        return coding;
    }

    private static String name(int tag) {
        String known = switch (tag) {
            case 1 -> "PCM";
            case 2 -> "Microsoft ADPCM";
            case 3 -> "IEEE float";
            case 6 -> "A-law";
            case 7 -> "mu-law";
            case 0x11 -> "IMA ADPCM";
            case 0x31 -> "GSM 6.10";
            case 0x50 -> "MPEG";
            case 0x55 -> "MPEG layer 3";
            case 0x161 -> "Windows Media Audio";
            default -> "unknown";
        };
        return String.format("%s (tag 0x%04x)", known, tag);
    }
}
