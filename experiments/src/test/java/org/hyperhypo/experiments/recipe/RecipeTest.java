package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.Sgd;
import org.hyperhypo.engine.Trainer;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.adapt.FirstPass;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureFolder;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.LabelledFrames;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.report.Json;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.report.Report;
import org.hyperhypo.experiments.report.RunRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole recipe, very small: what it leaves, that it leaves the same whatever the threads and interruptions, and what it does with broken files.
class RecipeTest {
    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();
    private static final Set<String> TIMINGS = Set.of("seconds", "micros_before", "micros_after");

    static {
        COLUMNS.put("training", "replicate,epoch,rate,train_loss,held_out_loss,held_out_accuracy,seconds");
        COLUMNS.put("alignment", "replicate,round,changed,frame_agreement,mean_boundary_ms,within_20ms");
        COLUMNS.put("tuning", "replicate,scale,penalty,words,errors,wer,chosen");
        COLUMNS.put("saturation", "replicate,model,condition,layer,width,hypo,hyper");
        COLUMNS.put("neurons", "replicate,layer,neuron,kind,rate,mean,sd,min,max,entropy,rate_initial,movement,in_norm,out_norm,shift_signed,energy,non_zeros,"
                + "amplitude_entropy,windowed_entropy,selectivity,redundancy,in_norm_1,out_norm_1,drive,variance_passed,bias_passed,taylor_mean,taylor_sum,"
                + "taylor_squared,snip,ablation,violation,shift,divergence");
        COLUMNS.put("layers", "replicate,layer,neurons,diversity,diversity_initial,windowed_entropy");
        COLUMNS.put("criteria", "replicate,criterion,formula,layer,kind,neurons,tail,auc,auc_p,null_low,null_high,overlap,expected,precision,overlap_p,"
                + "spearman_rate,spearman_extreme");
        COLUMNS.put("shift", "replicate,condition,layer,kind,neurons,mean_abs_shift,mean_divergence,still");
        COLUMNS.put("cards", "replicate,layer,neuron,kind,rate,mean,sd,r2,states,rank,utterance,frame,state,output,bands,patch");
        COLUMNS.put("removal", "replicate,set,layer,share,mode,draw,removed,condition,words,errors,wer,frame_accuracy,cross_entropy");
        COLUMNS.put("compact", "replicate,set,share,mode,parameters_before,parameters_after,flops_before,flops_after,micros_before,micros_after,max_difference");
        COLUMNS.put("adaptation", "replicate,condition,arm,draw,neurons,parameters,rate,epochs,words,sub,del,ins,errors,wer,source_words,source_errors,"
                + "source_wer,hypo,hyper,seconds,moment_bytes,network");
        COLUMNS.put("contrasts", "contrast,condition,difference,low,high,p,replicates,words,speaker_low,speaker_high,speakers,mapsswe_z,mapsswe_p");
        COLUMNS.put("intervals", "arm,condition,wer,low,high");
        COLUMNS.put("selection", "replicate,condition,measure,spearman,selected_wer,all_wer");
        COLUMNS.put("confidence", "replicate,condition,measure,share,utterances,words,errors,wer");
        COLUMNS.put("conditions", "name,kind,description,words,utterances,wer,wer_source_ratio");
        COLUMNS.put("failures", "stage,item,reason");
    }

    @TempDir
    private static Path folder;
    private static ToneTask task;
    private static RunFolder whole;
    private static List<Failure> failures;

    @BeforeAll
    static void oneRun() throws IOException {
        task = ToneTask.write(folder.resolve("corpus"), Tiny.seed("recipe"));
        whole = new RunFolder(folder.resolve("whole"));
        failures = run(whole, 1, false, System::nanoTime);
    }

    @Test
    void everyTableHasItsColumnsAndRows() throws IOException {
        for (Map.Entry<String, String> table : COLUMNS.entrySet()) {
            Csv csv = table(whole, table.getKey());
            assertEquals(table.getValue(), String.join(",", csv.header()), table.getKey());
            assertFalse(csv.rows().isEmpty(), table.getKey());
        }
        try (var files = Files.list(whole.results())) {
            assertEquals(COLUMNS.size(), files.count(), "no other tables");
        }
    }

    @Test
    void theTablesHoldEveryReplicateConditionAndArm() throws IOException {
        assertEquals(6, table(whole, "training").rows().size(), "2 replicates of 3 epochs");
        assertEquals(4, table(whole, "alignment").rows().size(), "2 replicates of 2 rounds");
        assertEquals(8, table(whole, "tuning").rows().size(), "2 replicates of 2 × 2 points");
        assertEquals(2, table(whole, "tuning").rows().stream().filter(row -> row.number("chosen") == 1).count());
        assertEquals(64, table(whole, "neurons").rows().size(), "2 replicates of 2 × 16 neurons");
        assertEquals(2 * 27 * 2 * 3 - 2 * 2 * 2 * 3, table(whole, "criteria").rows().size(), "2 replicates, 25 criteria, hypo and hyper, fc1, fc2 and all");
        assertEquals(2 * 2 * 2 * 3, table(whole, "shift").rows().size(), "2 replicates, 2 conditions, 2 layers, 3 kinds");
        assertEquals(2 * 2 * 2 * 4, table(whole, "cards").rows().size(), "2 replicates, 2 layers, hypo and hyper, 4 frames");
        // Nothing removed, and (hypo, hyper, both, middle, lowest out-norm, 2 random) + 2 layers × (hypo, hyper, both, random) in two modes; 3 conditions.
        assertEquals(2 * (1 + 2 * (7 + 2 * 4)) * 3, table(whole, "removal").rows().size());
        assertEquals(2 * 2 * 11, table(whole, "adaptation").rows().size(), "2 replicates, 2 conditions, 9 arms of which 2 twice");
        assertEquals(2 * 2 * 6, table(whole, "selection").rows().size(), "2 replicates, 2 conditions, 6 measures");
        assertEquals(2 * 2 * 7 * 10, table(whole, "confidence").rows().size(), "the same and the oracle at 10 shares");
        assertEquals(List.of("clean", "noise", "band"), table(whole, "conditions").rows().stream().map(row -> row.text("name")).toList());
        List<String> contrasts = table(whole, "contrasts").rows().stream().map(row -> row.text("contrast")).distinct().toList();
        assertEquals(List.of("A7-A1", "A7-A9", "A7-A8", "A6-A3", "A6-A6m", "A6-A2", "removal-A0", "A1-A0", "A2-A0", "A3-A0", "A6-A0", "A6m-A0", "A7-A0",
                "A8-A0", "A9-A0"), contrasts);
        for (Csv.Row row : table(whole, "removal").rows()) {
            assertEquals(row.text("set").equals("none"), row.number("removed") == 0, row.toString());
        }
    }

    @Test
    void armsAreScoredOnOtherSpeakersThanTheyAdaptedOn() throws IOException {
        // 20 test utterances less the broken one and the silent one, which is missing in every condition because it is in one; each is tested by the replicate whose fold its speaker is in.
        Csv utterances = whole.readPart("adaptation-utterances-r1-noise-A1-0.csv");
        Csv others = whole.readPart("adaptation-utterances-r2-noise-A1-0.csv");
        Set<String> speakers = Set.copyOf(utterances.rows().stream().map(row -> row.text("speaker")).toList());
        assertEquals(Set.of("test-a", "test-c"), speakers);
        assertEquals(Set.of("test-b", "test-d"), Set.copyOf(others.rows().stream().map(row -> row.text("speaker")).toList()));
        for (Csv.Row row : table(whole, "conditions").rows()) {
            assertEquals(18, row.number("utterances"), row.text("name"));
        }
    }

    /// Every arm of the table again, by hand: masks from activity, stages by the trainer. Two arms with their rows exchanged, another mask, rate,
    /// order of stages or seed give another network.
    @Test
    void theRowOfEachArmIsOfTheNetworkThatTheArmMeans() throws IOException {
        Replicate replicate = new Replicate(1, 7, 0, 2);
        AcousticModel model = ModelFiles.load(whole.model(replicate, "source.safetensors"));
        Set<String> common = new java.util.HashSet<>(ids("test"));
        common.retainAll(ids("test.noise"));
        common.retainAll(ids("test.band"));
        for (String condition : List.of("noise", "band")) {
            FeatureSet all = FeatureFolder.read(whole.features("test." + condition)).set().where(entry -> common.contains(entry.id()));
            FeatureSet others = replicate.adaptation(all);
            Recognizer recognizer = new Recognizer(task.graph(model.states(), Lexicon.read(task.prepare(whole, 1, null).resolve("lexicon.txt"))),
                    new DecoderOptions(model.weights().acousticScale(), model.weights().wordPenalty(), 200, 500));
            FirstPass pass = FirstPass.of(model, recognizer, others);
            int[] labels = pass.labels(UtteranceSelection.best(others, pass.confidence(UtteranceSelection.Measure.PATH_SCORE, null), 0.5));
            var frames = new LabelledFrames(model.splice(others), labels);
            Network source = model.network();
            NetworkSpec spec = source.spec();
            ActivationStats stats = ActivationStats.over(source, model.splice(others));
            NeuronMask everything = NeuronMask.all(spec);
            NeuronMask both = HyperHypo.byActivity(spec, stats, 0.125).both();
            Map<String, Network> byHand = new LinkedHashMap<>();
            byHand.put("A0 0", source);
            byHand.put("A1 0", trained(source, everything, 0.03, 7, frames));
            byHand.put("A2 0", trained(source, NeuronMask.hiddenDense(spec), 0.03, 7, frames));
            byHand.put("A3 0", trained(source, HyperHypo.random(spec, stats, both, 7_000_021), 0.3, 7, frames));
            byHand.put("A3 1", trained(source, HyperHypo.random(spec, stats, both, 7_000_022), 0.3, 7, frames));
            byHand.put("A6 0", trained(source, both, 0.3, 7, frames));
            byHand.put("A6m 0", trained(source, HyperHypo.middle(spec, stats, both), 0.3, 7, frames));
            byHand.put("A7 0", trained(byHand.get("A6 0"), everything, 0.03, 8, frames));
            byHand.put("A8 0", trained(byHand.get("A3 0"), everything, 0.03, 8, frames));
            byHand.put("A8 1", trained(byHand.get("A3 1"), everything, 0.03, 8, frames));
            byHand.put("A9 0", trained(byHand.get("A1 0"), everything, 0.03, 8, frames));
            Map<String, String> expected = new LinkedHashMap<>();
            byHand.forEach((arm, network) -> expected.put(arm, network.hash() + " " + new Scorer(model.with(network), replicate.test(all))
                    .evaluate(network, false, recognizer).total().errors()));
            Map<String, String> found = new LinkedHashMap<>();
            for (Csv.Row row : table(whole, "adaptation").rows()) {
                if (row.number("replicate") == 1 && row.text("condition").equals(condition)) {
                    found.put(row.text("arm") + " " + row.text("draw"), row.text("network") + " " + row.text("errors"));
                }
            }
            assertEquals(expected, found, condition);
            assertEquals(byHand.size(), byHand.values().stream().map(Network::hash).distinct().count(), "no two arms are the same");
        }
    }

    @Test
    void theContrastsAreDifferencesOfTheArmsTheyName() throws IOException {
        for (String[] pair : new String[][] {{"A7", "A1"}, {"A7", "A9"}, {"A7", "A8"}, {"A6", "A3"}, {"A6", "A6m"}, {"A6", "A2"}}) {
            Csv.Row contrast = table(whole, "contrasts").rows().stream().filter(row -> row.text("contrast").equals(pair[0] + "-" + pair[1])
                    && row.text("condition").equals("all")).findFirst().orElseThrow();
            assertEquals(wer(pair[0]) - wer(pair[1]), contrast.number("difference"), 1e-6, pair[0] + " - " + pair[1]);
        }
    }

    /// Of both replicates, all conditions and draws together.
    private static double wer(String arm) throws IOException {
        List<Csv.Row> rows = table(whole, "adaptation").rows().stream().filter(row -> row.text("arm").equals(arm)).toList();
        return 100 * rows.stream().mapToDouble(row -> row.number("errors")).sum() / rows.stream().mapToDouble(row -> row.number("words")).sum();
    }

    private static List<String> ids(String set) throws IOException {
        return FeatureFolder.read(whole.features(set)).set().entries().stream().map(FeatureSet.Entry::id).toList();
    }

    private static Network trained(Network from, NeuronMask mask, double rate, long seed, LabelledFrames frames) {
        Network network = from.copy();
        Trainer.train(network, mask, frames, null, Trainer.Options.of(Sgd.momentum(0.9), rate, 1, 32, seed), step -> { });
        return network;
    }

    @Test
    void theModelLearntTheTones() throws IOException {
        double clean = table(whole, "conditions").rows().getFirst().number("wer");
        assertTrue(clean < 50, "clean WER " + clean);
        assertEquals(0, table(whole, "compact").rows().stream().mapToDouble(row -> row.number("max_difference")).max().orElseThrow(), 1e-3);
        assertEquals(16, ModelFiles.load(whole.model(new Replicate(1, 7, 0, 2), "source.safetensors")).network().spec().neuronLayer("fc2").neurons());
    }

    @Test
    void brokenFilesAreNamedAndTheRestGoesOn() throws IOException {
        List<String> rows = table(whole, "failures").rows().stream().map(row -> row.text("stage") + ": " + row.text("item")).toList();
        assertEquals(List.of("features of train: train-a-05", "features of dev: dev-b-02", "features of test: test-c-03", "features of dev.tune-noise: dev-b-02",
                "features of test.noise: test-c-03",
                "features of test.noise: test-d-04", "features of test.band: test-c-03", "alignment r1: train-d-00", "alignment r2: train-d-00"), rows);
        assertEquals(rows, failures.stream().map(failure -> failure.stage() + ": " + failure.item()).toList());
        assertTrue(failures.getFirst().reason().contains("train-a-05.wav"), failures.getFirst().toString());
    }

    @Test
    void theReportFindsEverythingItWants() throws IOException {
        Map<?, ?> numbers = (Map<?, ?>) Json.read(whole.root().resolve(Report.NUMBERS));
        assertEquals(List.of(), numbers.get("problems"));
        String page = Files.readString(whole.root().resolve(Report.PAGE));
        for (String expected : List.of("train-a-05", "synthetic", "A6m", "tune")) {
            assertTrue(page.contains(expected), expected);
        }
        assertEquals(Set.of("features", "training", "tuning", "neurons", "removal", "adaptation"), RunRecord.read(whole.root()).stages().keySet());
    }

    @Test
    void twoThreadsGiveTheSameTables() throws IOException {
        RunFolder two = new RunFolder(folder.resolve("two"));
        assertEquals(failures, run(two, 2, false, System::nanoTime));
        assertSameTables(two);
    }

    @Test
    void aRunInterruptedInEveryStageAndResumedGivesTheSameTables() throws IOException {
        RunFolder pieces = new RunFolder(folder.resolve("pieces"));
        List<String> stoppedIn = new ArrayList<>();
        List<Failure> found = null;
        for (int stop = 0; found == null; stop++) {
            String stage = stop < 4 ? List.of("features", "training", "removal", "adaptation").get(stop) : "";
            try {
                found = run(pieces, 1, stop > 0, interruptedIn(stage, 5));
            } catch (Interruption e) {
                stoppedIn.add(e.getMessage());
                assertFalse(Files.exists(pieces.root().resolve("results")), "no results of half a run");
            }
        }
        assertEquals(List.of("features", "training", "removal", "adaptation"), stoppedIn);
        assertEquals(failures, found);
        assertSameTables(pieces);

        // Everything is there now, so that nothing but broken files is looked at again.
        String before = Files.getLastModifiedTime(pieces.model(new Replicate(1, 7, 0, 2), "source.safetensors")).toString();
        assertEquals(failures, run(pieces, 1, true, System::nanoTime));
        assertEquals(before, Files.getLastModifiedTime(pieces.model(new Replicate(1, 7, 0, 2), "source.safetensors")).toString());
        assertSameTables(pieces);
    }

    @Test
    void sharesAtTheSameTimeInAnyOrderAndInterruptedGiveTheSameTables() throws IOException {
        RunFolder shares = new RunFolder(folder.resolve("shares"));
        Jobs.run(2, List.of(() -> share(shares, 0, Stage.RATES, System::nanoTime), () -> share(shares, 0, Stage.RATES, System::nanoTime)));
        share(shares, 1, Stage.RATES, System::nanoTime);
        Path[] trained = {shares.model(new Replicate(1, 7, 0, 2), ReplicateRun.TRAINED), shares.model(new Replicate(2, 8, 1, 2), ReplicateRun.TRAINED)};
        List<String> before = List.of(Files.getLastModifiedTime(trained[0]).toString(), Files.getLastModifiedTime(trained[1]).toString());
        assertThrows(Interruption.class, () -> share(shares, 1, Stage.ADAPTATION, interruptedIn("adaptation", 5)));
        List<String> missing = RunMerge.write(shares).missing();
        assertTrue(missing.contains("adaptation-r1-noise-A9-0") && missing.contains("adaptation-r2-noise-A9-0") && !missing.contains("tuning-r2"), missing.toString());
        share(shares, 1, Stage.ADAPTATION, System::nanoTime);
        share(shares, 0, Stage.ADAPTATION, System::nanoTime);
        assertEquals(new RunMerge(List.of(), failures), RunMerge.write(shares));
        assertSameTables(shares);
        assertEquals(before, List.of(Files.getLastModifiedTime(trained[0]).toString(), Files.getLastModifiedTime(trained[1]).toString()), "trained once");
        assertEquals(List.of("features", "training", "tuning", "neurons", "removal", "adaptation"), List.copyOf(RunRecord.read(shares.root()).stages().keySet()));
    }

    private static Share share(RunFolder run, int index, Stage last, LongSupplier clock) throws IOException {
        RunRecord record = RunRecord.begin("recipe test", Map.of("speech", "synthetic"), 7, "any", folder);
        try (Progress progress = new Progress(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false, clock)) {
            Share share = new Share(index, 2);
            new Recipe(task, ToneTask.options(), run, 1, progress, Team.of(share)).share(record, last);
            return share;
        }
    }

    /// Stands for a user who loses patience.
    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Interruption(String stage) {
            super(stage);
        }
    }

    /// A clock that throws when the stage asks for the time once more than `reports` times.
    private static LongSupplier interruptedIn(String stage, int reports) {
        int[] left = {reports};
        return () -> {
            String method = switch (stage) {
                case "features" -> "Preparation.features";
                case "training" -> "SourceStage.train";
                case "removal" -> "RemovalSweep.sweep";
                case "adaptation" -> "AdaptationStage$Condition.run";
                default -> "nowhere";
            };
            if (StackWalker.getInstance().walk(all -> all.anyMatch(frame -> (frame.getClassName() + "." + frame.getMethodName()).endsWith("." + method)))
                    && left[0]-- == 0) {
                throw new Interruption(stage);
            }
            return System.nanoTime();
        };
    }

    private static List<Failure> run(RunFolder run, int threads, boolean resume, LongSupplier clock) throws IOException {
        RunRecord record = RunRecord.begin("recipe test", Map.of("speech", "synthetic"), 7, "any", folder);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (Progress progress = new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), false, clock)) {
            Recipe recipe = new Recipe(task, ToneTask.options(), run, threads, progress, Team.of(Share.ALL));
            return recipe.run(record, resume);
        }
    }

    private static Csv table(RunFolder run, String name) throws IOException {
        return Csv.read(run.results().resolve(name + ".csv"));
    }

    /// The tables of a run are those of the first one, timings apart.
    private static void assertSameTables(RunFolder run) throws IOException {
        for (String name : COLUMNS.keySet()) {
            assertEquals(withoutTimings(table(whole, name)), withoutTimings(table(run, name)), name);
        }
    }

    private static String withoutTimings(Csv table) {
        List<String> lines = new ArrayList<>();
        for (Csv.Row row : table.rows()) {
            lines.add(table.header().stream().filter(column -> !TIMINGS.contains(column)).map(row::text).toList().toString());
        }
        return String.join("\n", lines);
    }

    @Test
    void aCorpusWithNothingToHearIsAnError() throws IOException {
        Path silent = folder.resolve("silent");
        ToneTask other = ToneTask.write(silent, 1);
        try (var wavs = Files.list(silent.resolve("wav"))) {
            for (Path wav : wavs.toList()) {
                Files.writeString(wav, "nothing");
            }
        }
        try (Progress progress = new Progress(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false, System::nanoTime)) {
            Recipe recipe = new Recipe(other, ToneTask.options(), new RunFolder(folder.resolve("silent-run")), 1, progress, Team.of(Share.ALL));
            RunRecord record = RunRecord.begin("recipe test", Map.of(), 7, "any", folder);
            String message = assertThrows(org.hyperhypo.experiments.UserError.class, () -> recipe.run(record, false)).getMessage();
            assertTrue(message.contains("none of 24 utterances"), message);
        }
    }
}
