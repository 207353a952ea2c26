package org.hyperhypo.asr.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Raw streams and shell commands.
class AudioSourceTest {
    @TempDir
    Path folder;

    @Test
    void aCommandsOutputIsReadByItsContent() throws Exception {
        Path wav = folder.resolve("a file.wav");
        Wav.write(wav, new float[] {0.25f, -0.5f}, 8000);
        Audio audio = new AudioSource.Command("cat \"" + wav + "\"", 10).read();
        assertArrayEquals(new float[] {0.25f, -0.5f}, audio.mono());
        assertEquals(8000, audio.rate());
    }

    @Test
    void whatACommandSaysOnStderrIsInTheError() {
        assertTrue(refusal("echo no such tape >&2; exit 3", 10).endsWith("ended with exit code 3; it said: no such tape"));
        assertTrue(refusal("exit 1", 10).contains("nothing on stderr"));
        assertTrue(refusal("true", 10).contains("empty file"));
        assertTrue(refusal("echo hello", 10).contains("neither WAV"));
        assertTrue(refusal("no-such-program-here", 10).contains("exit code 127"));
    }

    @Test
    void aCommandThatWritesMuchToStderrDoesNotBlock() {
        assertTrue(refusal("yes trouble | head -c 300000 >&2; exit 2", 10).contains("exit code 2; it said: trouble\ntrouble"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep 30", "sleep 30 & sleep 30", "echo x; exec sleep 30", "exec >&-; sleep 30", "yes >&2"})
    void aCommandThatDoesNotEndIsEndedAfterItsTime(String line) {
        long begin = System.nanoTime();
        assertTrue(refusal(line, 0.3).contains("did not end within 0.3 s"));
        assertTrue(System.nanoTime() - begin < 5e9);
    }

    private static String refusal(String line, double seconds) {
        String text = assertThrows(AudioException.class, () -> new AudioSource.Command(line, seconds).read()).getMessage();
        assertTrue(text.startsWith(line + " |: "), text);
        return text;
    }

    @Test
    void rawStreamsAreReadInEveryCoding() throws Exception {
        ByteBuffer b = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        b.putFloat(0.5f).putFloat(-1).putFloat(0.25f).putFloat(1);
        Audio stereo = AudioFiles.read(new ByteArrayInputStream(b.array()), RawFormat.parse("44100:f32le:2"), "-");
        assertArrayEquals(new float[] {0.5f, 0.25f}, stereo.channel(0));
        assertArrayEquals(new float[] {-1, 1}, stereo.channel(1));
        assertArrayEquals(new float[] {1 / 256f}, raw("8000:s16be", 0, 128).mono());
        assertArrayEquals(new float[] {-1, 0}, raw("8000:u8", 0, 128).mono());
        assertArrayEquals(new float[] {G711.decodeMuLaw((byte) 0) / 32768f}, raw("8000:mulaw", 0).mono());
        assertEquals(8000, raw("8000:alaw", 0).rate());
        assertEquals(0, raw("8000:s24le").frames());
    }

    @Test
    void aStreamWithoutAFormatIsToldByContent() throws Exception {
        byte[] wav = Wav.encode(new Audio(new float[][] {{0.5f}}, 16000));
        assertEquals(16000, AudioFiles.read(new ByteArrayInputStream(wav), null, "-").rate());
    }

    @Test
    void badRawFormatsAndNaNAreNamed() {
        for (String bad : new String[] {"", "x", "8000:pcm", "8000:s16le:0", "8000:s16le:1:1", "-1"}) {
            assertThrows(IllegalArgumentException.class, () -> RawFormat.parse(bad), bad);
        }
        AudioException e = assertThrows(AudioException.class, () -> raw("8000:f32le", 0, 0, 0, 0, 0, 0, 0xc0, 0x7f));
        assertTrue(e.getMessage().contains("sample 1 of channel 0 is NaN") && e.offset() == 4, e.getMessage());
    }

    private static Audio raw(String format, int... bytes) throws AudioException {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        return AudioFiles.readRaw(data, RawFormat.parse(format), "pipe");
    }
}
