package org.hyperhypo.asr.audio;

import java.nio.ByteOrder;

/// RIFF WAVE: walks the chunks to `fmt ` and `data`. RIFX (big-endian) and RF64 (64-bit sizes) differ only in how sizes are read.
final class WavReader {
    /// What writers that stream put where the size belongs: they never came back to fill it in.
    private static final long STREAM = 0x7ff00000L;

    private WavReader() {
    }

    static Audio read(Bytes in) throws AudioException {
        if (in.length() < 12) {
            throw in.error(0, in.length() + " bytes: shorter than a RIFF header of 12");
        }
        if (in.startsWith(0, "RIFX")) {
            in.buffer.order(ByteOrder.BIG_ENDIAN);
        }
        if (!in.startsWith(8, "WAVE")) {
            throw in.error(8, "RIFF form is \"" + in.show(8, 4) + "\", not WAVE");
        }
        boolean rf64 = in.startsWith(0, "RF64");
        long riffSize = in.buffer.getInt(4) & 0xffffffffL;
        boolean streaming = riffSize == 0 || riffSize >= STREAM;
        if (!streaming && !rf64 && riffSize + 8 != in.length() && riffSize + 8 + (riffSize & 1) != in.length()) {
            in.warnings.add("RIFF size says " + (riffSize + 8) + " bytes, the file has " + in.length());
        }
        WavFormat format = null;
        long wideDataSize = -1;
        int at = 12;
        while (at + 8 <= in.length()) {
            long size = in.buffer.getInt(at + 4) & 0xffffffffL;
            int body = at + 8;
            if (in.startsWith(at, "data")) {
                if (format == null) {
                    throw in.error(at, "data chunk before any fmt chunk");
                }
                return data(in, format, body, rf64 && size == 0xffffffffL ? wideDataSize : size, streaming, rf64);
            }
            if (size > in.length() - body) {
                throw in.error(at, "chunk \"" + in.show(at, 4) + "\" claims " + size + " bytes, " + (in.length() - body) + " are left");
            }
            if (in.startsWith(at, "fmt ")) {
                format = WavFormat.parse(in, body, (int) size);
            } else if (rf64 && in.startsWith(at, "ds64")) {
                if (size < 16) {
                    throw in.error(at, "ds64 chunk of " + size + " bytes, needs 16 or more");
                }
                wideDataSize = in.buffer.getLong(body + 8);
            }
            at = body + (int) size;
            if ((size & 1) != 0) {
                if (in.startsWith(at, "data") || in.startsWith(at, "fmt ")) {
                    in.warnings.add("the pad byte after an odd chunk is missing before byte " + at);
                } else {
                    at++;
                }
            }
        }
        throw in.error(Math.min(at, in.length()), format == null ? "no fmt chunk and no data chunk" : "no data chunk");
    }

    private static Audio data(Bytes in, WavFormat format, int body, long size, boolean streaming, boolean rf64) throws AudioException {
        int present = in.length() - body;
        int frameBytes = format.channels() * format.coding().bytes;
        long use = size;
        if (size >= STREAM && size > present || size < 0 || size == 0 && present > 0 && streaming) {
            if (rf64) {
                throw in.error(body, "RF64 data size " + size + " bytes, " + present + " are there");
            }
            in.warnings.add("data size " + size + " was never filled in; read to the end of the file");
            use = present;
        } else if (size > present) {
            throw in.error(body, "data chunk claims " + size + " bytes (" + size / frameBytes + " samples), the file ends after " + present
                + " (" + present / frameBytes + "); the recording is cut");
        } else if (size == 0 && present >= frameBytes && present > 8 && !chunkAt(in, body)) {
            throw in.error(body, "data chunk of 0 bytes, yet " + present + " bytes follow that are no chunk");
        }
        if (use % frameBytes != 0) {
            in.warnings.add("data ends with " + use % frameBytes + " bytes of an incomplete frame of " + frameBytes);
        }
        int frames = (int) (use / frameBytes);
        return new Audio(Samples.decode(in, body, frames, format.channels(), format.coding()), format.rate(), in.warnings);
    }

    private static boolean chunkAt(Bytes in, int at) {
        for (int i = 0; i < 4; i++) {
            if (in.data[at + i] < 32 || in.data[at + i] > 126) {
                return false;
            }
        }
        return (in.buffer.getInt(at + 4) & 0xffffffffL) <= in.length() - at - 8;
    }
}
