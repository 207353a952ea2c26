package org.hyperhypo.experiments.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hyperhypo.asr.audio.Wav;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.score.Transcripts;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureFolder;
import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.train.Architecture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// What bad input gets: a message that names the thing and the remedy, and the exit code that Main documents.
class CliErrorsTest {
    private static final int RATE = 8000;

    @TempDir
    static Path dir;

    /// Two utterances of noise, their features, and an untrained model that fits them.
    @BeforeAll
    static void make() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (String id : List.of("a-1", "b-1")) {
            float[] samples = new float[RATE];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) (0.1 * random.nextGaussian());
            }
            write("data/" + id + ".wav", "");
            Wav.write(at("data/" + id + ".wav"), samples, RATE);
        }
        data("data", "a-1.wav", "b-1.wav");
        write("lexicon.txt", "yes Y EH S\nno N OW\n");
        assertEquals(0, CommandRun.of("features", at("data"), at("features"), "--bands", 20).code());
        AcousticModel model = new Architecture(2, 4, 4, 2, 4, 4, 1, 1, 8, "sigmoid").untrained(FeatureFolder.read(at("features")).settings(),
                LexiconOption.states(Lexicon.read(at("lexicon.txt"))), 1, 1);
        ModelFiles.save(model, at("model.safetensors"));
    }

    private static Path at(String name) {
        return dir.resolve(name);
    }

    private static Path write(String name, String text) throws IOException {
        Files.createDirectories(at(name).getParent());
        return Files.writeString(at(name), text);
    }

    private static void data(String folder, String first, String second) throws IOException {
        write(folder + "/wav.scp", "a-1 " + first + "\nb-1 " + second + "\n");
        write(folder + "/text", "a-1 yes no\nb-1 no\n");
        write(folder + "/utt2spk", "a-1 a\nb-1 b\n");
    }

    private static CommandRun refused(int code, Object... words) {
        CommandRun run = CommandRun.of(words);
        assertEquals(code, run.code(), run.out() + run.err());
        assertFalse(run.err().contains("unexpected") || run.err().contains("\tat "), run.err());
        return run;
    }

    private static void says(CommandRun run, String... parts) {
        for (String part : parts) {
            assertTrue(run.err().contains(part), () -> "no \"" + part + "\" in: " + run.err());
        }
    }

    @Test
    void missingDataFolderIsNamed() {
        says(refused(3, "features", at("nowhere"), at("out")), at("nowhere") + ": no such folder", "wav.scp");
        assertFalse(Files.exists(at("out")));
    }

    @Test
    void malformedDataFolderGetsEveryProblemWithFileAndLineAndWritesNothing() throws IOException {
        write("bad/wav.scp", "a-1 nothing.wav\nb-1\nb-2 sox x.wav |\n");
        write("bad/text", "a-1 yes\nc-1 no\n");
        write("bad/utt2spk", "a-1 a\nb-1 b\nb-2 b c\n");
        says(refused(3, "features", at("bad"), at("bad-out")), at("bad/wav.scp") + ":1: ", "nothing.wav", at("bad/wav.scp") + ":2: ",
                at("bad/wav.scp") + ":3: ", "commands are not run", at("bad/text") + ":2: ", "\"c-1\"", at("bad/utt2spk") + ":3: ");
        assertFalse(Files.exists(at("bad-out")));
    }

    @Test
    void unreadableWavIsNamedAndTheJobGoesOn() throws IOException {
        data("half", at("half/broken.wav").toString(), at("data/b-1.wav").toString());
        write("half/broken.wav", "RIFF no audio at all");
        CommandRun run = refused(1, "features", at("half"), at("half-features"));
        assertTrue(run.out().contains("failed: a-1: " + at("half/broken.wav")), run.out());
        assertTrue(run.out().contains("done 1, failed 1"), run.out());
        assertEquals("b-1", FeatureFolder.read(at("half-features")).set().entries().getFirst().id());
        data("none", at("half/broken.wav").toString(), at("half/broken.wav").toString());
        assertTrue(refused(3, "features", at("none"), at("none-features"), "--rate", RATE).out().contains("done 0, failed 2"));
        says(refused(3, "features", at("none"), at("none-features")), "none of 2 recordings can be read");
        assertFalse(Files.exists(at("none-features/feats.json")));
    }

    @Test
    void wrongOptionGetsUsageAndSuggestion() {
        says(refused(2, "features", "data", "out", "--band", "20"), "--band", "Possible solutions: --bands", "usage: hyperhypo features",
                "hyperhypo features --help");
        says(refused(2, "featurs", "data"), "featurs", "Did you mean: hyperhypo features");
        says(refused(2, "prune", "m", "k", "o", "--mode", "nul"), "--mode", "\"nul\" is none of zero, mean-fold");
        says(refused(2, "features", "d", "o", "--bands", "many"), "--bands", "many");
        says(refused(2, "report"), "--compare A B");
        says(refused(2, "report", "a", "--compare", "b", "c"), "give one run");
        says(refused(3, "report", "--compare", "b", "c"), "b: not a run");
        says(refused(3, "neurons", "m", "f", "o", "--criterion", "size"), "\"size\"", "out_norm");
        says(refused(2, "recipe", "digits", "--quick", "--full"), "mutually exclusive");
        says(refused(2, "neurons", "m", "f", "o", "--threshold", "0.9,0.1"), "--threshold 0.9,0.1", "0.05,0.95");
        says(refused(2, "neurons", "m", "f", "o", "--threshold", "0.1,0.9", "--share", "0.1"), "mutually exclusive");
        says(refused(2, "adapt", "m", "f", "o", "--lexicon", "l", "--arm", "A99"), "--arm A99", "A0, A1, A2, A3, A6, A6m, A7, A8, A9");
        says(refused(2, "adapt", "m", "f", "o", "--lexicon", "l", "--rates", "0.1"), "--rates 0.1: 1 numbers, 2 are needed");
        says(refused(2, "adapt", "m", "f", "o", "--lexicon", "l", "--epochs", "1.5,2"), "--epochs 1.5,2", "whole numbers");
        says(refused(2, "align", "f", "o", "--lexicon", "l", "--model", "m", "--rounds", "2"), "--rounds is for the flat start");
        says(refused(2, "train", "f", "a", "m", "--lexicon", "l", "--dev", "d"), "--dev-alignment");
        says(refused(2, "recipe", "map", "--index", "1"), "--of=N");
        says(refused(2, "recipe", "map", "--full", "--grid", "g"), "mutually exclusive");
        says(refused(2, "recipe", "map", "--index", "1", "--of", "2", "--until", "rates"), "--until is not for a map");
        says(refused(3, "recipe", "map", "--index", "4", "--of", "4"), "share 4 of 4: shares are numbered from 0");
        says(refused(3, "recipe", "map", "--grid", "no-such-grid.csv"), "no-such-grid.csv: no such file");
    }

    @Test
    void missingArgumentsAreNamed() {
        says(refused(2, "features"), "'DATA'", "'OUT'", "usage: ");
        says(refused(2, "train", "f", "a", "m"), "--lexicon=FILE");
        says(refused(2, "train", "f", "a", "m", "--lexicon", "l", "--optimizer", "adagrad"), "\"adagrad\" is none of sgd, momentum, adam");
        says(refused(2, "score", "ref"), "'HYPOTHESIS'");
    }

    @Test
    void featuresMustFitTheModel() throws IOException {
        assertEquals(0, CommandRun.of("features", at("data"), at("features40"), "--bands", 40).code());
        says(refused(3, "decode", at("model.safetensors"), at("features40"), at("o"), "--lexicon", at("lexicon.txt")), at("features40").toString(),
                "bands = 40", "bands = 20");
        assertEquals(0, CommandRun.of("features", at("data"), at("unnormalised"), "--bands", 20, "--cmvn", "none").code());
        says(refused(3, "neurons", at("model.safetensors"), at("unnormalised"), at("o.csv")), "cmvn = NONE", "cmvn = SPEAKER");
        assertEquals(0, CommandRun.of("features", at("data"), at("derivatives"), "--bands", 20, "--deltas", 1).code());
        says(refused(3, "scores", at("model.safetensors"), at("derivatives"), at("o.ark")), "deltas = 1", "deltas = 0");
        Files.copy(at("features/feats.json"), at("derivatives/feats.json"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        says(refused(3, "scores", at("model.safetensors"), at("derivatives"), at("o.ark")), "has 40 columns, feats.json says 20");
        says(refused(3, "decode", at("model.safetensors"), at("data"), at("o"), "--lexicon", at("lexicon.txt")), "not a folder of features",
                "hyperhypo features DATA");
        assertFalse(Files.exists(at("o.csv")) || Files.exists(at("o")));
    }

    @Test
    void lexiconMustFitModelAndWords() throws IOException {
        Path other = write("other.txt", "yes Y EH S\nno N AU\n");
        says(refused(3, "decode", at("model.safetensors"), at("features"), at("o"), "--lexicon", other), "[AU]", "give the lexicon");
        Path small = write("small.txt", "yes Y EH S\n");
        says(refused(3, "align", at("features"), at("o"), "--lexicon", small, "--model", at("model.safetensors")), small.toString(), "[no]");
        says(refused(3, "align", at("features"), at("o"), "--lexicon", at("absent.txt")), at("absent.txt").toString());
    }

    @Test
    void damagedModelIsNotUsed() throws IOException {
        byte[] bytes = Files.readAllBytes(at("model.safetensors"));
        bytes[bytes.length - 100] ^= 1;
        Files.write(at("damaged.safetensors"), bytes);
        says(refused(3, "neurons", at("damaged.safetensors"), at("features"), at("d.csv")), at("damaged.safetensors").toString(), "damaged");
        Files.write(at("short.safetensors"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        says(refused(3, "neurons", at("short.safetensors"), at("features"), at("d.csv")), at("short.safetensors").toString());
        says(refused(3, "neurons", at("absent.safetensors"), at("features"), at("d.csv")), at("absent.safetensors").toString());
        says(refused(3, "neurons", at("lexicon.txt"), at("features"), at("d.csv")), "safetensors");
        assertFalse(Files.exists(at("d.csv")));
    }

    @Test
    void alignmentMustBeThatOfTheFeatures() throws IOException {
        int frames = FeatureFolder.read(at("features")).set().entries().getFirst().frames();
        Path other = write("other-alignment.txt", "x-1 0 1 2\n");
        says(refused(3, "train", at("features"), other, at("t"), "--lexicon", at("lexicon.txt")), other.toString(), "none of its 1 utterances");
        Path shorter = write("short-alignment.txt", "a-1 0 1 2\n");
        says(refused(3, "train", at("features"), shorter, at("t"), "--lexicon", at("lexicon.txt")), "\"a-1\" has 3 states", frames + " frames");
        Path wrong = write("wrong-alignment.txt", "a-1" + " 99".repeat(frames) + "\n");
        says(refused(3, "train", at("features"), wrong, at("t"), "--lexicon", at("lexicon.txt")), "state 99", "0 to 17");
        Path one = write("one-alignment.txt", "a-1" + " 3".repeat(frames) + "\n");
        CommandRun run = CommandRun.of("train", at("features"), one, at("t/model"), "--lexicon", at("lexicon.txt"), "--epochs", 1, "--width", 8);
        assertEquals(0, run.code(), run.err());
        says(run, "no line for 1 of 2 utterances", "b-1");
    }

    @Test
    void masksOfOtherModelsAreNoticed() throws IOException {
        AcousticModel model = ModelFiles.load(at("model.safetensors"));
        NeuronMask mask = NeuronMask.of(model.network().spec(), Map.of("fc1", new int[] {1, 2}));
        mask.save(at("foreign.mask"), new NeuronMask.Provenance("other", "by hand", "nothing", 0));
        CommandRun run = refused(0, "prune", at("model.safetensors"), at("foreign.mask"), at("closed"), "--compacted", at("pruned"));
        says(run, "made from another model");
        assertTrue(run.out().contains("chosen by   by hand on nothing"), run.out());
        says(refused(3, "prune", at("model.safetensors"), at("foreign.mask"), at("p"), "--mode", "mean-fold"), "mean-fold needs", "--features");
        says(refused(3, "prune", at("pruned"), at("foreign.mask"), at("p")), "fc1", "8", "6");
        says(refused(3, "prune", at("model.safetensors"), at("model.safetensors"), at("p")), "no neuron mask");
        assertFalse(Files.exists(at("p")));
    }

    @Test
    void missingHypothesesAreRefusedCountedOrLeftOut() throws IOException {
        Path reference = write("ref", "a yes no\nb no\n");
        Path hypothesis = write("hyp", "a yes yes\n");
        says(refused(3, "score", reference, hypothesis), "1 of 2 references have no hypothesis", "[b]");
        CommandRun all = refused(0, "score", reference, hypothesis, "--missing", "all");
        assertTrue(all.out().startsWith("%WER 66.67 [ 2 / 3, 0 ins, 1 del, 1 sub ]"), all.out());
        says(all, "count as deleted: b");
        CommandRun present = refused(0, "score", reference, hypothesis, "--missing", "PRESENT");
        assertTrue(present.out().startsWith("%WER 50.00 [ 1 / 2, 0 ins, 0 del, 1 sub ]"), present.out());
        says(refused(3, "score", hypothesis, reference), "1 of 2 hypotheses have no reference");
    }

    @Test
    void outputsAreCheckedBeforeWork() {
        says(refused(3, "neurons", at("model.safetensors"), at("features"), at("lexicon.txt")), at("lexicon.txt") + ": is a file");
        says(refused(3, "decode", at("model.safetensors"), at("features"), at("lexicon.txt"), "--lexicon", at("lexicon.txt")), "is a file");
        says(refused(3, "decode", at("model.safetensors"), at("features"), at("o"), "--lexicon", at("lexicon.txt"), "--grammar", "lop"),
                "--grammar lop", "loop");
        says(refused(3, "adapt", at("model.safetensors"), at("features"), at("o"), "--lexicon", at("lexicon.txt"), "--trust", "2"), "2.0");
    }

    @Test
    void tooShortUtterancesAreNamedAndTheJobGoesOn() throws IOException {
        Wav.write(at("data/tiny.wav"), new float[400], RATE);
        data("tiny", at("data/tiny.wav").toString(), at("data/b-1.wav").toString());
        assertEquals(0, CommandRun.of("features", at("tiny"), at("tiny-features"), "--bands", 20).code());
        CommandRun decoded = refused(1, "decode", at("model.safetensors"), at("tiny-features"), at("tiny-out"), "--lexicon", at("lexicon.txt"), "--grammar",
                "word");
        assertTrue(decoded.out().contains("failed: a-1: ") && decoded.out().contains("done 1, failed 1"), decoded.out());
        assertEquals(List.of(), Transcripts.read(at("tiny-out/text")).get("a-1"));
        CommandRun aligned = refused(1, "align", at("tiny-features"), at("tiny-align"), "--lexicon", at("lexicon.txt"), "--model", at("model.safetensors"));
        assertTrue(aligned.out().contains("failed: a-1: "), aligned.out());
        assertTrue(Files.readString(at("tiny-align/alignment.txt")).startsWith("b-1 "));
    }

    @Test
    void speechWithoutTranscriptsCanBeDecodedButNotAligned() throws IOException {
        data("silent", at("data/a-1.wav").toString(), at("data/b-1.wav").toString());
        Files.delete(at("silent/text"));
        says(refused(3, "features", at("silent"), at("silent-features"), "--bands", 20), at("silent/text").toString());
        assertEquals(0, CommandRun.of("features", at("silent"), at("silent-features"), "--bands", 20, "--unlabelled").code());
        says(refused(3, "align", at("silent-features"), at("o"), "--lexicon", at("lexicon.txt")), "none of its 2 utterances has words");
        assertEquals(0, CommandRun.of("decode", at("model.safetensors"), at("silent-features"), at("silent-out"), "--lexicon", at("lexicon.txt"),
                "--grammar", "word").code());
        assertEquals(1, Transcripts.read(at("silent-out/text")).get("a-1").size());
    }

    static Stream<String> commands() {
        return Main.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpHasAnExampleThatParses(String command) {
        CommandRun help = CommandRun.of(command, "--help");
        assertEquals(0, help.code());
        assertTrue(help.out().contains("Example"), help.out());
        CommandLine parser = Main.commandLine();
        String footer = String.join("\n", parser.getSubcommands().get(command).getCommandSpec().usageMessage().footer());
        List<String> examples = footer.replace("\\\n", " ").lines().filter(line -> line.strip().startsWith("hyperhypo ")).toList();
        assertFalse(examples.isEmpty(), footer);
        for (String example : examples) {
            parser.parseArgs(example.strip().substring("hyperhypo ".length()).split("\\s+"));
        }
        for (String line : footer.split("\n")) {
            assertTrue(line.length() <= 80, () -> "breaks on a terminal of 80 columns: " + line);
        }
    }

    @Test
    void settingsSurviveTheModelFile() throws IOException {
        FeatureSettings settings = ModelFiles.load(at("model.safetensors")).features();
        assertEquals(20, settings.options().bands());
        assertEquals(RATE, settings.options().rate());
    }
}
