package org.hyperhypo.asr.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyperhypo.asr.audio.Audio;
import org.hyperhypo.asr.audio.AudioException;
import org.hyperhypo.asr.audio.AudioSource;
import org.hyperhypo.asr.audio.Wav;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Segments, channels, commands, Unicode, lexicon and genders of data folders; and folders with bad utterances.
class SegmentsTest {
    private static final int RATE = 1000;

    @TempDir
    Path dir;

    /// Two seconds of stereo: left rises by 1/4096 a sample, right is its negative.
    @BeforeEach
    void oneRecording() throws IOException {
        float[][] x = new float[2][2 * RATE];
        for (int t = 0; t < x[0].length; t++) {
            x[0][t] = t / 4096f;
            x[1][t] = -t / 4096f;
        }
        Wav.write(dir.resolve("call.wav"), new Audio(x, RATE));
        put("wav.scp", "call call.wav\n");
        put("segments", "a-1 call 0.5 1\na-2 call 1.0 2.3\na-3 call 1.5 -1 1\n");
        put("text", "a-1 one\na-2 two\na-3 three\n");
        put("utt2spk", "a-1 a\na-2 a\na-3 a\n");
    }

    @Test
    void segmentsAreCutFromTheirRecordingAndChannel() throws Exception {
        List<Utterance> u = DataDir.read(dir, null).utterances();
        SpeechReader left = new SpeechReader(RATE, 0);
        float[] first = left.read(u.get(0));
        assertEquals(500, first.length);
        assertEquals(500 / 4096f, first[0]);
        assertEquals(1000, left.read(u.get(1)).length, "an overshoot of up to half a second is cut");
        assertArrayEquals(new float[] {-1500 / 4096f, -1501 / 4096f}, java.util.Arrays.copyOf(left.read(u.get(2)), 2), "the segment's own channel");
        assertEquals(0, new SpeechReader(RATE, SpeechReader.MIX).read(u.get(0))[7], "the average of both");
        assertEquals(250, new SpeechReader(RATE / 2, 1).read(u.get(0)).length);
        String text = assertThrows(AudioException.class, () -> new SpeechReader(RATE, 2).read(u.get(0))).getMessage();
        assertTrue(text.contains("call.wav: channel 2 is asked for, it has channels 0 to 1"), text);
    }

    @Test
    void segmentsBeyondTheRecordingAreRefusedWhenTheyAreRead() throws Exception {
        put("segments", "a-1 call 0.5 2.6\na-2 call 2.0 2.3\na-3 call 0 1\n");
        List<Utterance> u = DataDir.read(dir, null).utterances();
        for (int i = 0; i < 2; i++) {
            Utterance beyond = u.get(i);
            String text = assertThrows(AudioException.class, () -> new SpeechReader(RATE, 0).read(beyond)).getMessage();
            assertTrue(text.contains("of a recording of 2.0 s; correct segments"), text);
        }
    }

    @Test
    void badSegmentsAreNamedAndTheGoodOnesRemain() throws Exception {
        put("segments", "a-1 call 1 0.5\na-2 cal 0 1\na-3 call 0 1\na-4 call x 1\na-5 call 0\na-6 call 0 NaN\n");
        put("text", "a-1 one\na-2 two\na-3 three\na-4 four\na-5 five\na-6 six\n");
        put("utt2spk", "a-1 a\na-2 a\na-3 a\na-4 a\na-5 a\na-6 a\na-7 a\n");
        DataDir.Usable usable = DataDir.readUsable(dir, null, DataDir.Options.STANDARD);
        assertEquals(List.of("a-3"), usable.data().utterances().stream().map(Utterance::id).toList());
        said(usable.problems(), "segments:1: utterance \"a-1\": segment from 1.0 to 0.5 s", "segments:2: recording \"cal\" of utterance \"a-2\" has no line in wav.scp",
            "segments:4: utterance \"a-4\": \"call x 1\" does not have numbers", "segments:5: utterance \"a-5\" has 2 fields",
            "segments:6: utterance \"a-6\": segment from 0.0 to NaN", "utt2spk:7: utterance \"a-7\" has no line in segments");
        assertEquals(6, assertThrows(DataException.class, () -> DataDir.read(dir, null)).problems().size());
    }

    @Test
    void oneBadUtteranceDoesNotStopAFolderUnlessItIsTheLast() throws Exception {
        Files.delete(dir.resolve("segments"));
        put("wav.scp", "a-1 call.wav\na-2 gone.wav\na-3 call.wav\n");
        put("text", "a-1 one\na-2 two\n");
        DataDir.Usable usable = DataDir.readUsable(dir, null, DataDir.Options.STANDARD);
        assertEquals(List.of("a-1"), usable.data().utterances().stream().map(Utterance::id).toList());
        said(usable.problems(), "wav.scp:2: utterance \"a-2\": no audio file", "wav.scp:3: utterance \"a-3\" has no line in text");
        put("wav.scp", "a-2 gone.wav\n");
        assertThrows(DataException.class, () -> DataDir.readUsable(dir, null, DataDir.Options.STANDARD));
    }

    @Test
    void commandsAreSourcesOnlyWhereTheyAreAllowed() throws Exception {
        put("wav.scp", "call cat " + dir.resolve("call.wav") + " |\n");
        assertTrue(assertThrows(DataException.class, () -> DataDir.read(dir, null)).getMessage()
            .contains("wav.scp:1: recording \"call\" is a command (\"cat " + dir.resolve("call.wav") + " |\"); commands are not run unless allowed"));
        DataDir data = DataDir.read(dir, null, new DataDir.Options(true, 20));
        assertEquals(new AudioSource.Command("cat " + dir.resolve("call.wav"), 20), data.utterances().get(0).audio());
        assertEquals(500, new SpeechReader(RATE, 0).read(data.utterances().get(0)).length);
    }

    @Test
    void wordsAreComposed() throws Exception {
        put("text", "a-1 e\u0301te\u0301\na-2 \u0434\u0430\na-3 \u0648\u0627\u062d\u062f\n");
        List<Utterance> u = DataDir.read(dir, null).utterances();
        assertEquals(List.of("\u00e9t\u00e9"), u.get(0).words());
        assertEquals(List.of("\u0648\u0627\u062d\u062f"), u.get(2).words());
    }

    @Test
    void lexiconGendersAndSpk2uttAreChecked() throws Exception {
        put("lexicon.txt", "one W AH N\none\nthree TH R IY\n");
        put("spk2gender", "a x\nb f\n");
        put("spk2utt", "a a-1 a-2\n");
        DataDir.Usable usable = DataDir.readUsable(dir, null, DataDir.Options.STANDARD);
        assertEquals(3, usable.data().utterances().size());
        said(usable.problems(), "lexicon.txt:2: \"one\" is no word with phones", "spk2gender:1: gender \"x\" of speaker \"a\"; write m, f or u",
            "spk2utt: 1 utterances of utt2spk are in no line, the first is \"a-3\"");
        said(usable.data().notes(), "text:2: word \"two\" is not in lexicon.txt", "spk2gender:2: speaker \"b\" has no utterance");
    }

    @Test
    void segmentsAndGendersComeBackAsWritten() throws Exception {
        put("spk2gender", "a f\n");
        DataDir data = DataDir.read(dir, null);
        Path copy = dir.resolve("copy");
        DataDir.write(copy, null, data);
        assertEquals(data, DataDir.read(copy, null));
        assertEquals("a-1 call 0.5 1\na-2 call 1 2.3\na-3 call 1.5 -1 1\n", Files.readString(copy.resolve("segments")));
        assertEquals("call " + dir.toAbsolutePath().resolve("call.wav") + "\n", Files.readString(copy.resolve("wav.scp")));
    }

    private static void said(List<Problem> problems, String... expected) {
        assertEquals(expected.length, problems.size(), problems.toString());
        for (String text : expected) {
            assertTrue(problems.stream().anyMatch(p -> p.toString().contains(text)), text + "\nnot in\n" + problems);
        }
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(dir.resolve(name), text);
    }
}
