package org.hyperhypo.asr.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jflac.FLACDecoder;
import org.jflac.FrameListener;
import org.jflac.frame.Frame;
import org.jflac.metadata.Metadata;

/// FLAC through jflac. Metadata is walked here, so the decoder sees only a checked STREAMINFO and the frames; afterwards frame
/// checksums, the sample count and the MD5 of the samples must all agree.
final class FlacReader {
    private static final int STREAM_INFO = 34;
    private static final long MAX_SAMPLES = 1L << 29;

    private FlacReader() {
    }

    static Audio read(Bytes in) throws AudioException {
        int start = afterId3(in);
        if (!in.startsWith(start, "fLaC")) {
            throw in.error(start, "no FLAC stream: \"" + in.show(start, 4) + "\" instead of \"fLaC\"");
        }
        int info = start + 8;
        if (in.length() < info + STREAM_INFO) {
            throw in.error(start, "ends inside the STREAMINFO block");
        }
        if ((in.data[start + 4] & 0x7f) != 0 || length24(in, start + 5) != STREAM_INFO) {
            throw in.error(start + 4, "the first metadata block is not a STREAMINFO of 34 bytes");
        }
        int frames = afterMetadata(in, start + 4);
        int minBlock = in.data[info] << 8 & 0xff00 | in.data[info + 1] & 0xff;
        int maxBlock = in.data[info + 2] << 8 & 0xff00 | in.data[info + 3] & 0xff;
        long packed = 0;
        for (int i = 10; i < 18; i++) {
            packed = packed << 8 | in.data[info + i] & 0xff;
        }
        int rate = (int) (packed >>> 44);
        int channels = (int) (packed >>> 41 & 7) + 1;
        int bits = (int) (packed >>> 36 & 31) + 1;
        long total = packed & 0xfffffffffL;
        if (minBlock < 16 || maxBlock < minBlock) {
            throw in.error(info, "block sizes " + minBlock + " to " + maxBlock + "; FLAC needs 16 or more, rising");
        }
        if (rate < 1) {
            throw in.error(info + 10, "sample rate 0 Hz");
        }
        if (bits != 8 && bits != 16 && bits != 24) {
            throw in.error(info + 12, bits + " bits per sample; 8, 16 and 24 are read");
        }
        int[][] samples = decode(in, start, info, frames, channels, bits, total);
        verifyMd5(in, info + 18, samples, bits);
        float scale = 1f / (1 << bits - 1);
        float[][] out = new float[channels][];
        for (int c = 0; c < channels; c++) {
            out[c] = new float[samples[c].length];
            for (int t = 0; t < out[c].length; t++) {
                out[c][t] = samples[c][t] * scale;
            }
        }
        return new Audio(out, rate, in.warnings);
    }

    private static int afterId3(Bytes in) {
        if (!in.startsWith(0, "ID3") || in.length() < 10) {
            return 0;
        }
        int size = 0;
        for (int i = 6; i < 10; i++) {
            size = size << 7 | in.data[i] & 0x7f;
        }
        return Math.min(in.length(), 10 + size);
    }

    private static int length24(Bytes in, int at) {
        return (in.data[at] & 0xff) << 16 | (in.data[at + 1] & 0xff) << 8 | in.data[at + 2] & 0xff;
    }

    private static int afterMetadata(Bytes in, int first) throws AudioException {
        int at = first;
        while (true) {
            if (at + 4 > in.length()) {
                throw in.error(at, "ends inside the metadata");
            }
            int size = length24(in, at + 1);
            if (size > in.length() - at - 4) {
                throw in.error(at, "metadata block claims " + size + " bytes, " + (in.length() - at - 4) + " are left");
            }
            boolean last = in.data[at] < 0;
            at += 4 + size;
            if (last) {
                return at;
            }
        }
    }

    private static int[][] decode(Bytes in, int start, int info, int frames, int channels, int bits, long total) throws AudioException {
        byte[] head = Arrays.copyOfRange(in.data, start, info + STREAM_INFO);
        head[4] |= (byte) 0x80;
        InputStream stream = new SequenceInputStream(new ByteArrayInputStream(head),
            new ByteArrayInputStream(in.data, frames, in.length() - frames));
        FLACDecoder decoder = new FLACDecoder(stream);
        decoder.addFrameListener(new Strict());
        List<int[][]> blocks = new ArrayList<>();
        long count = 0;
        long end = frames;
        try {
            decoder.readMetadata();
            while (total == 0 || count < total) {
                Frame frame = decoder.readNextFrame();
                if (frame == null || decoder.getBadFrames() > 0) {
                    break;
                }
                int size = frame.header.blockSize;
                if (frame.header.channels != channels || frame.header.bitsPerSample != bits || size < 1) {
                    throw in.error(end, "a frame after sample " + count + " has " + frame.header.channels + " channels of "
                        + frame.header.bitsPerSample + " bits, STREAMINFO says " + channels + " of " + bits);
                }
                int[][] block = new int[channels][];
                for (int c = 0; c < channels; c++) {
                    block[c] = Arrays.copyOf(decoder.getChannelData()[c].getOutput(), size);
                }
                blocks.add(block);
                count += size;
                end = decoder.getTotalBytesRead() - head.length + frames;
                if (total > 0 && count > total || count * channels > MAX_SAMPLES) {
                    throw in.error(end, "more samples than STREAMINFO's " + total + " or than the " + MAX_SAMPLES + " that are read");
                }
            }
        } catch (AudioException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new AudioException(in.name, end, "damaged FLAC frame after sample " + count + ": " + e, e);
        }
        if (decoder.getBadFrames() > 0) {
            throw in.error(end, "damaged FLAC frame after sample " + count + " (checksum or structure)");
        }
        if (total > 0 && count != total) {
            throw in.error(end, "STREAMINFO says " + total + " samples, " + count + " are there; the recording is cut or its header wrong");
        }
        if (total == 0 && end < in.length() && !in.startsWith((int) end, "TAG")) {
            throw in.error(end, in.length() - end + " bytes after the last whole frame of a stream of unknown length; it may be cut");
        }
        int[][] joined = new int[channels][(int) count];
        int at = 0;
        for (int[][] block : blocks) {
            for (int c = 0; c < channels; c++) {
                System.arraycopy(block[c], 0, joined[c], at, block[c].length);
            }
            at += block[0].length;
        }
        return joined;
    }

    /// Left alone, the decoder looks for the next frame after an error, in some damaged files for ever; the first error ends it here.
    private static final class Strict implements FrameListener {
        @Override
        public void processMetadata(Metadata metadata) {
        }

        @Override
        public void processFrame(Frame frame) {
        }

        @Override
        public void processError(String message) {
            throw new IllegalStateException(message);
        }
    }

    private static void verifyMd5(Bytes in, int at, int[][] samples, int bits) throws AudioException {
        byte[] stored = Arrays.copyOfRange(in.data, at, at + 16);
        if (Arrays.equals(stored, new byte[16])) {
            return;
        }
        MessageDigest md5;
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
        int width = bits / 8;
        byte[] frame = new byte[width * samples.length];
        for (int t = 0; t < samples[0].length; t++) {
            for (int c = 0; c < samples.length; c++) {
                for (int b = 0; b < width; b++) {
                    frame[c * width + b] = (byte) (samples[c][t] >> 8 * b);
                }
            }
            md5.update(frame);
        }
        if (!Arrays.equals(stored, md5.digest())) {
            throw in.error(at, "MD5 of the samples differs from the one in STREAMINFO; re-encode from the source");
        }
    }
}
