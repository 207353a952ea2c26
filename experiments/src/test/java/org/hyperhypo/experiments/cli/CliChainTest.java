package org.hyperhypo.experiments.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.ark.Archive;
import org.hyperhypo.asr.ark.FloatMatrix;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateFile;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.asr.score.Transcripts;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronLayer;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.corpus.SyntheticDigits;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureFolder;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.mpi.Launcher;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.recipe.SourceTraining;
import org.hyperhypo.experiments.report.Csv;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From audio to an adapted model through the command line alone, on a corpus of a few synthetic utterances.
class CliChainTest {
    private static final int LAYERS = 2;
    private static final int WIDTH = 48;
    private static final List<String> NETWORK = List.of("--layers", "2", "--width", "48", "--context", "8", "--seed", "5");

    @TempDir
    static Path dir;

    private static final Map<String, CommandRun> DONE = new LinkedHashMap<>();

    @BeforeAll
    static void chain() throws IOException {
        SyntheticDigits.write(at("data"), new SyntheticDigits.Options(11, 2, 40, 1, 6, 2, 12, 2, 4), 2, step -> { });
        for (String set : List.of("train", "dev", "test")) {
            run("features " + set, "features", at("data/" + set), at("features/" + set), "--root", at("data"), "--threads", 2);
        }
        Path lexicon = at("data/lexicon.txt");
        run("align train", "align", at("features/train"), at("align/train"), "--lexicon", lexicon, "--rounds", 3, "--epochs", 4, "--frame-share", 1,
                "--batch", 64,
                "--save-model", at("align/flat.safetensors"), NETWORK);
        run("align dev", "align", at("features/dev"), at("align/dev"), "--lexicon", lexicon, "--model", at("align/flat.safetensors"), "--ctm");
        run("train", "train", at("features/train"), at("align/train"), at("model.safetensors"), "--lexicon", lexicon, "--dev", at("features/dev"),
                "--dev-alignment", at("align/dev/alignment.txt"), "--epochs", 6, "--batch", 64, NETWORK);
        decode("model");
        run("score", "score", at("features/test/text"), at("decoded-model/text"), "--utt2spk", at("features/test/utt2spk"));
        run("ngram", "ngram", at("features/train/text"), at("bigram.arpa"), "--lexicon", lexicon);
        run("decode ngram", "decode", at("model.safetensors"), at("features/test"), at("decoded-ngram"), "--lexicon", lexicon, "--grammar",
                at("bigram.arpa"), "--lattices", "--nbest", 3);
        run("compare", "score", at("features/test/text"), at("decoded-ngram/text.trn"), "--utt2spk", at("features/test/utt2spk"), "--against",
                at("decoded-model/text"), "--alignment", at("alignment-report.txt"));
        run("score ctm", "score", at("features/test/text"), at("decoded-ngram/words.ctm"), "--missing", "all");
        run("align tied", "align", at("features/train"), at("align/tied"), "--lexicon", lexicon, "--rounds", 1, "--epochs", 1, "--frame-share", 0.3,
                "--tied-states", 130, "--save-model", at("tied.safetensors"), NETWORK);
        run("align dev tied", "align", at("features/dev"), at("align/devtied"), "--lexicon", lexicon, "--model", at("tied.safetensors"));
        run("train tied", "train", at("features/train"), at("align/tied"), at("trained-tied.safetensors"), "--lexicon", lexicon, "--epochs", 1,
                "--frame-share", 0.2, NETWORK);
        run("align positions", "align", at("features/dev"), at("align/positions"), "--lexicon", lexicon, "--rounds", 1, "--epochs", 1,
                "--frame-share", 0.1, "--word-positions", "--save-model", at("positions.safetensors"), NETWORK);
        decode("positions");
        run("neurons", "neurons", at("model.safetensors"), at("features/dev"), at("neurons"), "--alignment", at("align/dev/alignment.txt"), "--target",
                at("features/test"), "--ablation", 16, "--time", "--share", 0.125, "--hypo", at("hypo.safetensors"),
                "--hyper", at("hyper.safetensors"), "--mask", at("both.safetensors"));
        run("prune", "prune", at("model.safetensors"), at("both.safetensors"), at("closed.safetensors"), "--mode", "mean-fold", "--features",
                at("features/dev"));
        run("compact", "prune", at("model.safetensors"), at("both.safetensors"), at("closed.safetensors"), "--mode", "mean-fold", "--features",
                at("features/dev"), "--compacted", at("compact.safetensors"));
        run("smallest", "neurons", at("model.safetensors"), at("features/dev"), at("again"), "--sample", 0, "--criterion", "out_norm", "--share", 0.25, "--mask",
                at("smallest.safetensors"), "--initial", at("align/flat.safetensors"));
        run("prune hypo", "prune", at("model.safetensors"), at("hypo.safetensors"), at("zeroed.safetensors"));
        for (String arm : List.of("A0", "A6", "A7")) {
            run(arm, "adapt", at("model.safetensors"), at("features/test"), at(arm + ".safetensors"), "--lexicon", lexicon, "--arm", arm, "--epochs",
                    "1,1", "--share", 0.125, "--penalty", -5);
        }
    }

    private static Path at(String name) {
        return dir.resolve(name);
    }

    private static void decode(String model) {
        run("decode " + model, "decode", at(model + ".safetensors"), at("features/test"), at("decoded-" + model), "--lexicon", at("data/lexicon.txt"),
                "--penalty", -1);
    }

    private static CommandRun run(String name, Object... words) {
        List<Object> flat = new ArrayList<>();
        for (Object word : words) {
            if (word instanceof List<?> list) {
                flat.addAll(list);
            } else {
                flat.add(word);
            }
        }
        CommandRun run = CommandRun.of(flat.toArray());
        DONE.put(name, run);
        return run;
    }

    @Test
    void everyCommandSucceeds() {
        DONE.forEach((name, run) -> {
            assertEquals(0, run.code(), () -> name + ": " + run.err());
            assertEquals("", run.err(), name);
        });
        assertTrue(DONE.get("features train").out().contains("done 40, failed 0"));
        assertTrue(DONE.get("align train").out().contains("done 40, failed 0"));
        assertTrue(DONE.get("align train").out().contains("round 3"));
        assertTrue(DONE.get("train").out().contains("epoch 6"));
    }

    @Test
    void featuresDoNotDependOnThreads() throws IOException {
        run("features again", "features", at("data/test"), at("features-again"), "--threads", 1);
        for (String file : List.of("feats.ark", "text", "utt2spk", "feats.json")) {
            assertArrayEquals(Files.readAllBytes(at("features/test").resolve(file)), Files.readAllBytes(at("features-again").resolve(file)), file);
        }
    }

    @Test
    void alignmentAndModelAreThoseOfTheRecipeBitForBit() throws IOException {
        RecipeOptions s = RecipeOptions.standard();
        RecipeOptions.Net n = s.net();
        RecipeOptions.Training a = s.alignment();
        RecipeOptions.Training t = s.training();
        RecipeOptions options = new RecipeOptions(5, 1, s.folds(), s.features(), new RecipeOptions.Net(n.frequencyFilters(), n.frequencyHeight(),
                n.frequencyPool(), n.timeFilters(), n.timeWidth(), n.timePool(), LAYERS, WIDTH, n.activation()),
                new RecipeOptions.Training(3, 4, a.rate(), a.momentum(), 64, 1),
                new RecipeOptions.Training(1, 6, t.rate(), t.momentum(), 64, t.share()), s.fcScale(), s.search(), s.tailShare(), s.trustShare(),
                s.trust(), s.arms(), s.adaptation(), s.removal(), s.evidence(), s.sourceStep());
        FeatureFolder.Contents train = FeatureFolder.read(at("features/train"));
        Lexicon lexicon = Lexicon.read(at("data/lexicon.txt"));
        SourceTraining.Result recipe = new SourceTraining(options, train.settings(), LexiconOption.states(lexicon), lexicon)
                .run(5, train.set(), FeatureFolder.read(at("features/dev")).set(), step -> { });
        assertEquals(recipe.model().network().hash(), model("model").hash());
        assertArrayEquals(recipe.model().logPriors(), ModelFiles.load(at("model.safetensors")).logPriors());
    }

    @Test
    void timesLieInsideTheSpeechAndBelongToTheWords() throws IOException {
        FeatureSet test = FeatureFolder.read(at("features/test")).set();
        Map<String, List<String>> text = Transcripts.read(at("decoded-model/text"));
        Map<String, List<String>> timed = new LinkedHashMap<>();
        Map<String, Double> end = new LinkedHashMap<>();
        for (String line : Files.readAllLines(at("decoded-model/words.ctm"))) {
            String[] fields = line.split(" ");
            timed.computeIfAbsent(fields[0], id -> new ArrayList<>()).add(fields[4]);
            double start = Double.parseDouble(fields[2]);
            assertTrue(start >= end.getOrDefault(fields[0], 0.0) - 1e-9, line);
            end.put(fields[0], start + Double.parseDouble(fields[3]));
            assertTrue(Double.parseDouble(fields[5]) >= 0 && Double.parseDouble(fields[5]) <= 1, line);
        }
        assertEquals(test.size(), text.size());
        text.values().removeIf(List::isEmpty);
        assertEquals(text, timed);
        for (FeatureSet.Entry entry : test.entries()) {
            assertTrue(end.getOrDefault(entry.id(), 0.0) <= entry.frames() * 0.01 + 0.015, entry.id());
        }
        assertTrue(DONE.get("decode model").out().contains("real-time factor"));
        assertTrue(Files.readAllLines(at("align/dev/phones.ctm")).size() > Files.readAllLines(at("align/dev/words.ctm")).size());
    }

    @Test
    void scoreHasOneLineAndOneForEachSpeaker() {
        String[] lines = DONE.get("score").out().split("\n");
        assertTrue(lines[0].matches("%WER [0-9.]+ \\[ [0-9]+ / [0-9]+, [0-9]+ ins, [0-9]+ del, [0-9]+ sub \\]"), lines[0]);
        assertTrue(Double.parseDouble(lines[0].split(" ")[1]) < 60, lines[0]);
        assertTrue(lines[1].startsWith("test001 %WER") && lines[2].startsWith("test002 %WER") && lines[3].startsWith("%SER"), Arrays.toString(lines));
    }

    @Test
    void scoresLeaveAsAKaldiArchive() throws IOException {
        CommandRun run = CommandRun.of("scores", at("model.safetensors"), at("features/test"), at("scores/test.ark"));
        assertEquals(0, run.code(), run.err());
        FeatureSet test = FeatureFolder.read(at("features/test")).set();
        Map<String, FloatMatrix> scores = Archive.FLOAT_MATRICES.readScp(at("scores/test.scp"));
        assertEquals(test.size(), scores.size());
        var expected = ModelFiles.load(at("model.safetensors")).score(test).utterances();
        for (int u = 0; u < test.size(); u++) {
            assertArrayEquals(expected.get(u).values(), scores.get(test.entries().get(u).id()).data());
        }
    }

    @Test
    void theModelKeepsWhatTheDecoderWasTunedTo() throws IOException {
        AcousticModel.Weights weights = ModelFiles.load(at("model.safetensors")).weights();
        assertTrue(DONE.get("train").out().contains("scale " + weights.acousticScale() + ", penalty " + weights.wordPenalty() + ", %WER"),
                DONE.get("train").out());
        assertEquals(weights, ModelFiles.load(at("A6.safetensors")).weights());
    }

    @Test
    void anNgramModelGivesLatticesAndComparisons() throws IOException {
        assertTrue(DONE.get("ngram").out().contains("1-grams"), DONE.get("ngram").out());
        assertEquals(12, Files.list(at("decoded-ngram/lattices")).count());
        Map<String, List<String>> text = Transcripts.read(at("decoded-ngram/text"));
        assertEquals(text, Transcripts.read(at("decoded-ngram/text.trn")));
        for (String line : Files.readAllLines(at("decoded-ngram/nbest.txt"))) {
            String[] fields = line.split(" ", 4);
            assertTrue(!fields[1].equals("1") || (fields.length < 4 ? "" : fields[3]).equals(String.join(" ", text.get(fields[0]))), line);
        }
        String compared = DONE.get("compare").out();
        assertTrue(compared.contains("MAPSSWE    segments") && compared.contains("over 2 speakers"), compared);
        assertTrue(Files.readString(at("alignment-report.txt")).contains(" #csid "));
        assertTrue(DONE.get("score ctm").out().contains("NCE "), DONE.get("score ctm").out());
        assertEquals(DONE.get("compare").out().lines().findFirst(), DONE.get("score ctm").out().lines().findFirst());
    }

    @Test
    void statesGoFromAlignmentThroughTrainingIntoTheModel() throws IOException {
        AcousticModel tied = ModelFiles.load(at("trained-tied.safetensors"));
        assertTrue(tied.states().size() <= 130, tied.states().toString());
        assertEquals(Files.readString(at("align/tied/states.txt")), StateFile.text(tied.states()));
        assertEquals(Files.readString(at("align/tied/states.txt")), Files.readString(at("align/devtied/states.txt")));
        assertTrue(ModelFiles.load(at("positions.safetensors")).states().phones().contains("N_E"));
        decode("trained-tied");
        assertEquals(0, DONE.get("decode trained-tied").code());
    }

    @Test
    void aKaldiAlignmentIsTakenOver() throws IOException {
        FeatureFolder.Contents dev = FeatureFolder.read(at("features/dev"));
        FeatureSet.Entry entry = dev.set().entries().getFirst();
        Files.writeString(at("pdfs.txt"), entry.id() + " 1" + " 0".repeat(entry.frames() - 1) + "\n");
        Files.writeString(at("transitions.txt"), "Transition-state 1: phone = SIL hmm-state = 0 pdf = 0\nTransition-state 2: phone = N_E hmm-state = 2 pdf = 1\n");
        run("kaldi", "align", at("features/dev"), at("align/kaldi"), "--lexicon", at("data/lexicon.txt"), "--kaldi", at("pdfs.txt"),
                "--kaldi-transitions", at("transitions.txt"));
        assertEquals(1, DONE.get("kaldi").code(), DONE.get("kaldi").err());
        assertTrue(DONE.get("kaldi").out().contains("done 1, failed " + (dev.set().size() - 1)));
        StateInventory states = StateFile.read(at("align/kaldi/states.txt"));
        assertEquals("N.3", states.name(Integer.parseInt(Files.readString(at("align/kaldi/alignment.txt")).split(" ")[1])));
        DONE.remove("kaldi");
    }

    @Test
    void neuronTableAndMasksAgree() throws IOException {
        Csv table = Csv.read(at("neurons/neurons.csv"));
        assertEquals(LAYERS * WIDTH, table.rows().size());
        NeuronMask.Saved hypo = NeuronMask.load(at("hypo.safetensors"));
        NeuronMask.Saved hyper = NeuronMask.load(at("hyper.safetensors"));
        for (Csv.Row row : table.rows()) {
            int neuron = (int) row.number("neuron");
            assertEquals(row.text("kind").equals("hypo"), hypo.mask().contains(row.text("layer"), neuron));
            assertEquals(row.text("kind").equals("hyper"), hyper.mask().contains(row.text("layer"), neuron));
        }
        assertEquals(WIDTH / 8, hypo.mask().count("fc1"));
        assertEquals(hypo.mask().union(hyper.mask()), NeuronMask.load(at("both.safetensors")).mask());
        assertEquals(model("model").hash(), hypo.provenance().modelHash());
        assertEquals("hypo: lowest and highest 0.125 of each layer by activity rate", hypo.provenance().criterion());
        assertEquals(WIDTH / 4, NeuronMask.load(at("smallest.safetensors")).mask().count("fc2"));
        assertEquals("lowest 0.25 of each layer by out-norm 2", NeuronMask.load(at("smallest.safetensors")).provenance().criterion());
        var statistics = org.hyperhypo.engine.SafeTensors.read(at("neurons/neurons.safetensors"));
        assertEquals(table.rows().get(WIDTH + 5).number("taylor_mean"), statistics.tensors().get("fc2.taylor_mean").doubles()[5], 1e-8);
        assertEquals(WIDTH * 32, statistics.tensors().get("fc1.histogram").doubles().length);
        String page = Files.readString(at("neurons/neurons.html"));
        for (String heading : List.of("Shift from source to target speech", "Neuron cards", "Mean and spread", "fc2 neuron")) {
            assertTrue(page.contains(heading), heading);
        }
        assertTrue(Files.readString(at("again/neurons.html")).contains("Movement in training"));
        assertTrue(DONE.get("neurons").out().contains("with activity statistics"), DONE.get("neurons").out());
        assertTrue(DONE.get("neurons").out().contains("fc2         48      6      6"), DONE.get("neurons").out());
    }

    @Test
    void compactedModelIsSmallerAndSaysTheSame() throws IOException {
        decode("closed");
        decode("compact");
        assertEquals(Files.readString(at("decoded-closed/text")), Files.readString(at("decoded-compact/text")));
        assertEquals(WIDTH - WIDTH / 4, model("compact").spec().neuronLayer("fc1").neurons());
        assertEquals(WIDTH, model("closed").spec().neuronLayer("fc1").neurons());
        assertTrue(Files.size(at("compact.safetensors")) < Files.size(at("closed.safetensors")));
        assertTrue(DONE.get("compact").out().contains("removed     24 neurons, mean-fold: fc1 12/48, fc2 12/48"), DONE.get("compact").out());
        assertTrue(DONE.get("prune hypo").out().contains("zero: fc1 6/48"), DONE.get("prune hypo").out());
    }

    @Test
    void armsTrainTheirNeuronsAndNothingElse() throws IOException {
        Network source = model("model");
        assertEquals(source.hash(), model("A0").hash());
        assertFalse(DONE.get("A0").out().contains("stage 1"));
        Network adapted = model("A6");
        int moved = 0;
        for (NeuronLayer layer : source.spec().neuronLayers()) {
            float[] before = source.tensor(layer.weight());
            float[] after = adapted.tensor(layer.weight());
            for (int row = 0; row < layer.neurons(); row++) {
                int from = row * layer.inputs();
                boolean same = Arrays.equals(before, from, from + layer.inputs(), after, from, from + layer.inputs());
                moved += same ? 0 : 1;
                assertTrue(same || layer.kind() == NeuronLayer.Kind.HIDDEN, layer.name() + " " + row);
            }
        }
        assertTrue(moved > 0 && moved <= LAYERS * WIDTH / 4, moved + " rows moved");
        assertTrue(DONE.get("A6").out().contains("fc1 25 %, fc2 25 %, output 0 %"), DONE.get("A6").out());
        assertTrue(DONE.get("A7").out().contains("stage 2") && DONE.get("A7").out().contains("output 100 %"), DONE.get("A7").out());
        assertFalse(Arrays.equals(source.tensor("conv1.weight"), model("A7").tensor("conv1.weight")));
    }

    @Test
    @Tag("mpi")
    void twoProcessesUnderMpiWriteTheModelOfOneAndSpeakOnce() throws Exception {
        Assumptions.assumeFalse(Launcher.installed().isEmpty(), "no MPI launcher is installed (Debian: apt-get install openmpi-bin)");
        List<Object> train = new ArrayList<>(List.of("train", at("features/train"), at("align/train"), "", "--lexicon", at("data/lexicon.txt"), "--epochs", 2,
                "--frame-share", 0.3, "--dev", at("features/dev"), "--dev-alignment", at("align/dev")));
        train.addAll(NETWORK);
        List<Object> adapt = List.of("adapt", at("model.safetensors"), at("features/test"), "", "--lexicon", at("data/lexicon.txt"), "--arm", "A6", "--epochs",
                "1,1", "--share", 0.125, "--penalty", -5);
        for (List<Object> command : List.of(train, adapt)) {
            List<Object> alone = new ArrayList<>(command);
            alone.set(3, at("alone.safetensors"));
            alone.addAll(List.of("--shards", 4));
            assertEquals(0, CommandRun.of(alone.toArray()).code());
            List<Object> together = new ArrayList<>(command);
            together.set(3, at("together.safetensors"));
            together.addAll(List.of("--mpi", "--threads", 1));
            Launcher.Job job = Launcher.installed().getFirst().start(2, Main.class, dir, Map.of(), together.toArray());
            assertEquals(0, job.await(120), job.text());
            assertEquals(model("alone").hash(), model("together").hash(), command.getFirst().toString());
            assertEquals(1, job.text().lines().filter(line -> line.startsWith(at("together.safetensors").toString())).count(), job.text());
        }
    }

    @Test
    @Tag("mpi")
    void threeProcessesUnderMpiWriteTheFilesOfOne() throws Exception {
        Assumptions.assumeFalse(Launcher.installed().isEmpty(), "no MPI launcher is installed (Debian: apt-get install openmpi-bin)");
        for (List<Object> command : List.<List<Object>>of(
                List.of("features", at("data/test"), "", "--root", at("data"), "--threads", 1),
                List.of("decode", at("model.safetensors"), at("features/test"), "", "--lexicon", at("data/lexicon.txt"), "--grammar", at("bigram.arpa"), "--lattices",
                        "--nbest", 3),
                List.of("scores", at("model.safetensors"), at("features/test"), ""),
                List.of("neurons", at("model.safetensors"), at("features/train"), "", "--target", at("features/dev"), "--ablation", 600, "--initial",
                        at("align/flat.safetensors")))) {
            List<Object> alone = new ArrayList<>(command);
            Path one = at("one-" + command.getFirst());
            alone.set(alone.indexOf(""), command.getFirst().equals("scores") ? one.resolve("scores.ark") : one);
            assertEquals(0, CommandRun.of(alone.toArray()).code());
            Path kept = at("one-process-" + command.getFirst());
            Files.move(one, kept);
            alone.add("--mpi");
            Launcher.Job job = Launcher.installed().getFirst().start(3, Main.class, dir, Map.of(), alone.toArray());
            assertEquals(0, job.await(120), job.text());
            assertSameFiles(kept, one);
            assertEquals(1, job.text().lines().filter(line -> line.startsWith(one.toString())).count(), job.text());
        }
    }

    private static void assertSameFiles(Path expected, Path actual) throws IOException {
        try (var files = Files.walk(expected)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertFalse(all.isEmpty());
            for (Path file : all) {
                assertEquals(-1, Files.mismatch(file, actual.resolve(expected.relativize(file))), file.toString());
            }
            try (var others = Files.walk(actual)) {
                assertEquals(all.size(), others.filter(Files::isRegularFile).count(), "no other files");
            }
        }
    }

    @Test
    void nothingIsLeftHalfWritten() throws IOException {
        try (var files = Files.walk(dir)) {
            List<Path> left = files.filter(file -> file.toString().matches(".*\\.(part|tmp).*")).toList();
            assertEquals(List.of(), left);
        }
    }

    private static Network model(String name) throws IOException {
        return ModelFiles.load(at(name + ".safetensors")).network();
    }
}
