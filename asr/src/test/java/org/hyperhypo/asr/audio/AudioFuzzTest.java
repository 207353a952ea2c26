package org.hyperhypo.asr.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperhypo.asr.Fuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Mutated audio files are read with the number of samples that their own bytes say, or refused with the file and a byte of it.
class AudioFuzzTest {
    @Test
    void mutatedWavFilesAreReadOrRefused() throws Exception {
        byte[] pcm = wav(1, 16, 2, 200);
        List<byte[]> good = new ArrayList<>(List.of(pcm, extensible(pcm), wav(1, 8, 1, 301), wav(1, 24, 1, 100), wav(1, 32, 3, 40), wav(3, 32, 2, 60),
            wav(3, 64, 1, 50), wav(6, 8, 1, 200), wav(7, 8, 2, 200)));
        byte[] streamed = pcm.clone();
        ByteBuffer.wrap(streamed).order(ByteOrder.LITTLE_ENDIAN).putInt(4, -1).putInt(40, -1);
        good.add(streamed);
        for (byte[] file : good) {
            assertTrue(AudioFiles.read(file, "good").frames() > 30);
        }
        int refused = Fuzz.run("wav", good, (data, original, name) -> {
            Audio audio = read(data, name);
            if (audio != null && data[3] == 'F') {
                assertEquals(framesOfWav(data), audio.frames(), name);
            }
            return audio != null;
        });
        assertTrue(refused > Fuzz.ROUNDS / 20, refused + " refused");
    }

    @Test
    void mutatedSphereFilesAreReadOrRefused() throws Exception {
        List<byte[]> good = List.of(sphere("pcm", 2, "01", 1, 300, true), sphere("pcm", 2, "10", 2, 200, true), sphere("ulaw", 1, "1", 1, 500, true),
            sphere("pcm", 2, "01", 1, 100, false), sphere("alaw", 1, "1", 2, 50, true));
        for (byte[] file : good) {
            AudioFiles.read(file, "good");
        }
        Pattern count = Pattern.compile("(?s)^.{16,1023}?\nsample_count -i ([0-9]+)\n.*end_head.*");
        Fuzz.run("sphere", good, (data, original, name) -> {
            Audio audio = read(data, name);
            Matcher said = count.matcher(new String(data, StandardCharsets.ISO_8859_1));
            if (audio != null && said.matches() && audio.warnings().isEmpty()) {
                assertEquals(Long.parseLong(said.group(1)), audio.frames(), name);
            }
            return audio != null;
        });
    }

    /// The encoder is not ours, so the good FLAC files are the reference ones. Every sample is under a checksum: what is still read is what
    /// was encoded (padding or tags were hit).
    @Test
    @Tag("shared")
    void mutatedFlacFilesAreReadOrRefused() throws Exception {
        List<byte[]> good = new ArrayList<>();
        try (var files = Files.newDirectoryStream(Golden.folder("golden/audio").resolve("good"), "*.flac")) {
            for (Path file : files) {
                good.add(Files.readAllBytes(file));
            }
        }
        good.sort(Arrays::compare);
        // The decoder's library prints what it stumbles over.
        PrintStream console = System.out;
        int refused;
        try {
            System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            refused = Fuzz.run("flac", good, (data, original, name) -> {
                Audio audio = read(data, name);
                if (audio != null) {
                    assertTrue(Arrays.deepEquals(AudioFiles.read(original, "good").channels(), audio.channels()), name + " gave wrong audio");
                }
                return audio != null;
            });
        } finally {
            System.setOut(console);
        }
        System.out.println("fuzz flac: " + refused + " refused of " + Fuzz.ROUNDS);
        assertTrue(refused > Fuzz.ROUNDS / 2, refused + " refused of " + Fuzz.ROUNDS);
    }

    @Test
    void mutatedRawStreamsAreReadOrRefused() {
        String[] formats = {"8000:s16le", "8000:f32le:2", "8000:mulaw", "8000:s24le:2"};
        Fuzz.run("raw", List.of(wav(3, 32, 2, 60), new byte[600]), (data, original, name) -> {
            RawFormat format = RawFormat.parse(formats[data.length % formats.length]);
            try {
                Audio audio = AudioFiles.readRaw(data, format, name);
                assertEquals(data.length % (audio.channels().length), 0);
                return true;
            } catch (AudioException e) {
                return refusal(e, name, data);
            }
        });
    }

    private static Audio read(byte[] data, String name) {
        try {
            Audio audio = AudioFiles.read(data, name);
            for (float[] channel : audio.channels()) {
                for (float v : channel) {
                    assertTrue(Float.isFinite(v), name + " gave " + v);
                }
            }
            return audio;
        } catch (AudioException e) {
            refusal(e, name, data);
            return null;
        }
    }

    private static boolean refusal(AudioException e, String name, byte[] data) {
        assertTrue(e.getMessage().startsWith(name + ": ") && e.getMessage().endsWith("(byte " + e.offset() + ")"), e.getMessage());
        assertTrue(e.offset() >= 0 && e.offset() <= data.length, e.getMessage());
        return false;
    }

    /// What the chunks say, found by another walk than the reader's: the data chunk's bytes that are there, in frames.
    private static int framesOfWav(byte[] data) {
        ByteBuffer b = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        int frame = 0;
        for (int at = 12; at + 8 <= data.length;) {
            String id = new String(data, at, 4, StandardCharsets.ISO_8859_1);
            long size = b.getInt(at + 4) & 0xffffffffL;
            long there = data.length - at - 8;
            if (id.equals("fmt ")) {
                frame = b.getShort(at + 20) & 0xffff;
            } else if (id.equals("data")) {
                boolean unfilled = size >= 0x7ff00000L || size == 0 && there > 0 && (b.getInt(4) == 0 || (b.getInt(4) & 0xffffffffL) >= 0x7ff00000L);
                return (int) ((unfilled ? there : Math.min(size, there)) / frame);
            }
            at += 8 + (int) size;
            boolean chunkFollows = at + 4 <= data.length && (new String(data, at, 4, StandardCharsets.ISO_8859_1).matches("data|fmt "));
            at += (size & 1) != 0 && !chunkFollows ? 1 : 0;
        }
        return -1;
    }

    private static byte[] wav(int tag, int bits, int channels, int frames) {
        int block = bits / 8 * channels;
        ByteBuffer b = ByteBuffer.allocate(44 + frames * block).order(ByteOrder.LITTLE_ENDIAN);
        b.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + frames * block).put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        b.putShort((short) tag).putShort((short) channels).putInt(8000).putInt(8000 * block).putShort((short) block).putShort((short) bits);
        b.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(frames * block);
        for (int i = 0; i < frames * channels; i++) {
            double x = 0.9 * Math.sin(i);
            switch (bits == 32 && tag == 3 ? 132 : bits) {
                case 8 -> b.put((byte) (128 + 100 * x));
                case 16 -> b.putShort((short) (32000 * x));
                case 24 -> b.put((byte) i).putShort((short) (32000 * x));
                case 32 -> b.putInt((int) (2e9 * x));
                case 132 -> b.putFloat((float) x);
                default -> b.putDouble(x);
            }
        }
        return b.array();
    }

    private static byte[] extensible(byte[] pcm) {
        byte[] out = new byte[pcm.length + 24 + 10];
        ByteBuffer b = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
        b.put(pcm, 0, 12).put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(1).putShort((short) 7);
        b.put("fmt ".getBytes(StandardCharsets.US_ASCII)).putInt(40).putShort((short) 0xfffe).put(pcm, 22, 14);
        b.putShort((short) 22).putShort((short) 16).putInt(3).putShort((short) 1);
        b.put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71});
        b.put(pcm, 36, pcm.length - 36);
        b.putInt(4, out.length - 8);
        return out;
    }

    private static byte[] sphere(String coding, int bytes, String order, int channels, int frames, boolean counted) {
        byte[] file = new byte[1024 + bytes * channels * frames];
        byte[] head = ("NIST_1A\n   1024\nchannel_count -i " + channels + "\n" + (counted ? "sample_count -i " + frames + "\n" : "")
            + "sample_rate -i 8000\nsample_n_bytes -i " + bytes + "\nsample_byte_format -s" + order.length() + " " + order + "\nsample_coding -s"
            + coding.length() + " " + coding + "\nend_head\n").getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(file, 0, 1024, (byte) ' ');
        System.arraycopy(head, 0, file, 0, head.length);
        for (int i = 1024; i < file.length; i++) {
            file[i] = (byte) (i * 7);
        }
        return file;
    }
}
