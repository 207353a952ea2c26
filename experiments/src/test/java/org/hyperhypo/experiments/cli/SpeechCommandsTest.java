package org.hyperhypo.experiments.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.audio.Audio;
import org.hyperhypo.asr.audio.Wav;
import org.hyperhypo.asr.corrupt.SpeechLevel;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.experiments.model.FeatureFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands prepare, corrupt and features on a small download of digits.
class SpeechCommandsTest {
    private static final int RATE = 8000;

    @TempDir
    Path dir;

    @BeforeEach
    void download() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        for (String name : List.of("1_ann_20", "2_ann_21", "3_bob_20", "4_bob_21")) {
            float[] samples = new float[RATE / 2];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) (0.1 * random.nextGaussian() * Math.sin(Math.PI * i / samples.length));
            }
            Files.createDirectories(at("fsdd/recordings"));
            Wav.write(at("fsdd/recordings/" + name + ".wav"), samples, RATE);
        }
        CommandRun run = CommandRun.of("prepare", "free-spoken-digits", at("fsdd"), at("data"));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("train: utterances 4, speakers 2, words 4") && run.out().contains("lexicon.txt: pronunciations 11"), run.out());
    }

    private Path at(String name) {
        return dir.resolve(name);
    }

    @Test
    void aCorruptedFolderIsTheSameForASeedAndAnyNumberOfThreads() throws IOException {
        Wav.write(at("hum.wav"), new float[] {0.1f, 0.2f, -0.1f, -0.2f}, RATE);
        for (String name : List.of("one", "two")) {
            CommandRun run = CommandRun.of("corrupt", at("data/train"), at(name), "room=0.3", "noise=10,pink", "gain=-3", "--seed", 5, "--threads",
                    name.equals("one") ? 1 : 2);
            assertEquals(0, run.code(), run.err());
            assertTrue(run.out().contains("T60 0.3") && run.out().contains("direct to reverberant") && run.out().contains("SNR 10.0 dB"), run.out());
        }
        List<Utterance> one = DataDir.read(at("one"), null).utterances();
        List<Utterance> two = DataDir.read(at("two"), null).utterances();
        assertEquals(4, one.size());
        assertEquals(List.of("ONE"), one.get(0).words());
        for (int u = 0; u < 4; u++) {
            assertArrayEquals(Files.readAllBytes(Path.of(one.get(u).audio().toString())), Files.readAllBytes(Path.of(two.get(u).audio().toString())));
            assertEquals(RATE / 2, AudioFiles.read(one.get(u).audio()).frames());
        }
        assertEquals(4, Files.readAllLines(at("one/utt2condition")).size());
        CommandRun other = CommandRun.of("corrupt", at("data/train"), at("two"), "room=0.3", "noise=10,pink", "gain=-3", "--seed", 6);
        assertEquals(0, other.code(), other.err());
        assertTrue(Files.mismatch(at("one/wav/ann-1-20.wav"), at("two/wav/ann-1-20.wav")) >= 0);
    }

    @Test
    void everyUtteranceGetsOneOfTheNoisesAtTheRightLevelAndTheTableSaysWhich() throws IOException {
        Files.createDirectories(at("noises"));
        for (int n = 0; n < 3; n++) {
            float[] noise = new float[RATE];
            SplittableRandom random = new SplittableRandom(n);
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) (0.01 * random.nextGaussian());
            }
            Wav.write(at("noises/n" + n + ".wav"), noise, RATE);
        }
        CommandRun run = CommandRun.of("corrupt", at("data/train"), at("noisy"), "noise=20," + at("noises"));
        assertEquals(0, run.code(), run.err());
        for (String line : Files.readAllLines(at("noisy/utt2condition"))) {
            String id = line.split(" ")[0];
            assertTrue(line.matches(id + " noise \"n[012]\", SNR 20.0 dB"), line);
            String[] parts = id.split("-");
            Audio clean = AudioFiles.read(at("fsdd/recordings/" + parts[1] + "_" + parts[0] + "_" + parts[2] + ".wav"));
            float[] added = AudioFiles.read(at("noisy/wav/" + id + ".wav")).mono();
            for (int i = 0; i < added.length; i++) {
                added[i] -= clean.mono()[i];
            }
            double snr = 20 * Math.log10(SpeechLevel.active(clean.mono(), RATE) / SpeechLevel.rms(added));
            assertEquals(20, snr, 0.2, id);
        }
    }

    @Test
    void oneBadUtteranceDoesNotStopAFolder() throws IOException {
        Wav.write(at("fsdd/recordings/2_ann_21.wav"), new float[RATE], RATE);
        Files.writeString(at("fsdd/recordings/3_bob_20.wav"), "RIFF");
        Files.delete(at("fsdd/recordings/4_bob_21.wav"));
        CommandRun corrupt = CommandRun.of("corrupt", at("data/train"), at("noisy"), "noise=10,white");
        assertEquals(1, corrupt.code(), corrupt.out() + corrupt.err());
        assertTrue(corrupt.out().contains("done 1, failed 3") && corrupt.out().contains("failed: ann-2-21: ")
                && corrupt.out().contains("an SNR of 10.0 dB needs sound in both") && corrupt.out().contains("3_bob_20.wav: 4 bytes: shorter"), corrupt.out());
        CommandRun features = CommandRun.of("features", at("data/train"), at("features"), "--bands", 20);
        assertEquals(1, features.code(), features.err());
        assertTrue(features.out().contains("wav.scp:4: utterance \"bob-4-21\": no audio file") && features.out().contains("done 2, failed 2"), features.out());
        assertEquals(2, FeatureFolder.read(at("features")).set().size());
    }

    @Test
    void conditionsThatAreNotUnderstoodSayWhatIs() {
        for (String[] bad : new String[][] {{"rain=3", "condition \"rain=3\" is not known; known are noise=SNR,PATH"}, {"noise=3", "has 1 values, needs 2"},
            {"noise=loud,pink", "\"loud\" is no number"}, {"noise=3,gone.wav", "gone.wav: no such file"}, {"room=0.5,3x4", "LENGTHxWIDTHxHEIGHT"},
            {"clip=2", "clipping at 2.0"}, {"band=300", "\"\" is no number"}}) {
            CommandRun run = CommandRun.of("corrupt", at("data/train"), at("o"), bad[0]);
            assertTrue((run.err() + run.out()).contains(bad[1]) && run.code() != 0, run.err() + run.out());
        }
        assertTrue(CommandRun.of("prepare", "wsj", at("fsdd"), at("o")).err().contains("corpus \"wsj\" is not known; known are free-spoken-digits"));
        assertTrue(CommandRun.of("prepare", "timit", at("fsdd"), at("o")).err().contains("no utterance of timit found; it should hold TRAIN"));
    }

    @Test
    void rawSpeechOnStandardInputBecomesFeatures() throws IOException {
        byte[] wav = Files.readAllBytes(at("fsdd/recordings/1_ann_20.wav"));
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(wav, 44, wav.length - 44));
            assertEquals(0, CommandRun.of("features", "--raw", "8000:s16le", "-", at("raw"), "--cmvn", "none").code());
            System.setIn(new ByteArrayInputStream(wav));
            assertEquals(0, CommandRun.of("features", "-", at("wav"), "--cmvn", "none").code());
        } finally {
            System.setIn(before);
        }
        assertEquals(0, CommandRun.of("features", at("data/train"), at("file"), "--cmvn", "none").code());
        float[] expected = FeatureFolder.read(at("file")).set().entries().getFirst().features().data();
        assertArrayEquals(expected, FeatureFolder.read(at("raw")).set().entries().getFirst().features().data());
        assertArrayEquals(expected, FeatureFolder.read(at("wav")).set().entries().getFirst().features().data());
    }

    @Test
    void commandsOfWavScpAreRunOnlyWhenAllowed() throws IOException {
        String scp = Files.readString(at("data/train/wav.scp"));
        Files.writeString(at("data/train/wav.scp"), scp.replaceAll("(?m)^(\\S+) (.*)$", "$1 cat $2 |"));
        CommandRun refused = CommandRun.of("features", at("data/train"), at("features"));
        assertEquals(3, refused.code());
        assertTrue(refused.err().contains("commands are not run unless allowed (--allow-commands)"), refused.err());
        CommandRun allowed = CommandRun.of("features", at("data/train"), at("features"), "--allow-commands");
        assertEquals(0, allowed.code(), allowed.err());
        Files.writeString(at("data/train/wav.scp"), scp.replaceAll("(?m)^(ann-1\\S+) (.*)$", "$1 echo no tape >&2; exit 4 |"));
        CommandRun failed = CommandRun.of("features", at("data/train"), at("features"), "--allow-commands");
        assertEquals(1, failed.code());
        assertTrue(failed.out().contains("failed: ann-1-20: echo no tape >&2; exit 4 |: ended with exit code 4; it said: no tape"), failed.out());
    }

    @Test
    void kaldisOptionsAndAllNormalisationsReachTheFolder() throws IOException {
        Files.writeString(at("mfcc.conf"), "--sample-frequency=8000\n--num-ceps=12\n--use-energy=false\n");
        CommandRun mfcc = CommandRun.of("features", at("data/train"), at("mfcc"), "--features", "mfcc", "--config", at("mfcc.conf"), "--cmvn", "sliding",
                "--cmvn-window", 20, "--cmvn-causal", "--mean-only", "--deltas", 2);
        assertEquals(0, mfcc.code(), mfcc.err());
        assertTrue(mfcc.out().contains("cepstra 12, columns 36"), mfcc.out());
        FeatureFolder.Contents contents = FeatureFolder.read(at("mfcc"));
        assertEquals(36, contents.set().entries().getFirst().features().bands());
        assertEquals(1.0, contents.settings().options().dither());
        assertEquals(20, contents.settings().slidingFrames());
        CommandRun again = CommandRun.of("features", at("data/train"), at("again"), "--features", "mfcc", "--config", at("mfcc.conf"), "--cmvn", "sliding",
                "--cmvn-window", 20, "--cmvn-causal", "--mean-only", "--deltas", 2, "--threads", 1);
        assertEquals(0, again.code(), again.err());
        assertEquals(-1, Files.mismatch(at("mfcc/feats.ark"), at("again/feats.ark")), "dither is the same for any number of threads");
        CommandRun bad = CommandRun.of("features", at("data/train"), at("o"), "--config", at("mfcc.conf"));
        assertTrue(bad.err().contains("mfcc.conf:2: --num-ceps=12: belongs to MFCC"), bad.err());
    }
}
