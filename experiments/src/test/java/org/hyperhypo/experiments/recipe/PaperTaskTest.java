package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateFile;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureExtraction;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.report.RunRecord;
import org.hyperhypo.experiments.train.AlignmentFile;
import org.hyperhypo.experiments.train.Alignments;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The protocol on whistles: alignments from elsewhere, one target with speech to adapt on and one without, an n-gram model.
class PaperTaskTest {
    @TempDir
    private Path root;

    @BeforeEach
    void corpora() throws IOException {
        Path tones = root.resolve("tones");
        ToneTask.write(tones, Tiny.seed("paper"));
        StateInventory states = AcousticModel.inventory(List.of("A", "B", "C"), 3);
        FeatureSet train = FeatureExtraction.extract(DataDir.read(tones.resolve("train"), tones), FeatureSettings.of("mel", 8, ToneTask.RATE,
                FeatureSettings.Cmvn.SPEAKER), FeatureExtraction.Corruption.NONE, 1, () -> { }).set();
        Files.createDirectories(root.resolve("ali"));
        AlignmentFile.write(root.resolve("ali/alignment.txt"), train, Alignments.flat(train, Lexicon.read(tones.resolve("lexicon.txt")), states));
        StateFile.write(root.resolve("ali/states.txt"), states);
        Path others = root.resolve("others");
        ToneTask.write(others, Tiny.seed("paper") + 1);
        copy(others, "test", "near", "near");
        copy(others, "dev", "near", "near-more");
        copy(others, "test", "far", "far");
        Files.writeString(root.resolve("words.arpa"), """
                \\data\\
                ngram 1=5

                \\1-grams:
                -99 <s>
                -0.6 </s>
                -0.6 ab
                -0.6 bc
                -0.6 ca

                \\end\\
                """);
    }

    @Test
    void importedAlignmentsTrainAndRecordedTargetsAreAdaptedOnAndScored() throws IOException {
        RunFolder run = new RunFolder(root.resolve("run"));
        PaperTask task = task(root.resolve("words.arpa"), Map.of("near", "near", "far", "far"), Map.of("near", "near-more"));
        List<Failure> failures;
        try (Progress progress = quiet()) {
            Recipe recipe = new Recipe(task, ToneTask.options(), run, 1, progress, Team.of(Share.ALL));
            failures = recipe.run(RunRecord.begin("recipe paper", Map.of("speech", "recorded"), 7, "any", root), false);
        }
        assertTrue(failures.stream().anyMatch(f -> f.stage().equals("alignment") && f.item().equals(ToneTask.SHORT)), "too short for its words: " + failures);
        assertEquals(List.of(), Csv.read(run.results().resolve("alignment.csv")).rows(), "no flat start");
        assertEquals(Set.of("near.test-a", "near.test-b", "near.test-c", "near.test-d"), scored(run, "r1", "near"), "all of a test set with speech of its own to adapt on");
        assertEquals(Set.of("far.test-a", "far.test-c"), scored(run, "r1", "far"), "folds of the one without");
        assertEquals(Set.of("far.test-b", "far.test-d"), scored(run, "r2", "far"));
        Csv removal = Csv.read(run.results().resolve("removal.csv"));
        assertTrue(removal.rows().stream().allMatch(row -> row.number("frame_accuracy") >= 0 && row.number("words") > 0));
        assertEquals(Set.of("near", "far"), Csv.read(run.results().resolve("adaptation.csv")).rows().stream().map(row -> row.text("condition")).collect(Collectors.toSet()));
    }

    @Test
    void whatDoesNotFitTogetherIsNamed() throws IOException {
        says(() -> task(null, Map.of("near", "near"), Map.of("far", "far")), "--adapt far: there is no --target of that name");
        says(() -> task(null, Map.of("a/b", "near"), Map.of()), "--target a/b: names are made of letters");
        says(() -> task(root.resolve("none.arpa"), Map.of("near", "near"), Map.of()), "none.arpa: no such file; give an ARPA file");
        says(() -> prepare(task(null, Map.of("near", "near"), Map.of("near", "near"))), "must not be adapted on");
        copy(root.resolve("others"), "test", "far", "near-more");
        says(() -> prepare(task(null, Map.of("near", "near", "far", "far"), Map.of("near", "near-more"))), "\"far.test-a-00\" has the id of one that is adapted on");
        Files.writeString(root.resolve("ali/alignment.txt"), "somebody 0 1 2\n");
        PaperTask strange = task(null, Map.of("near", "near"), Map.of());
        says(() -> {
            try (Progress progress = quiet()) {
                new Recipe(strange, ToneTask.options(), new RunFolder(root.resolve("run2")), 1, progress, Team.of(Share.ALL))
                        .run(RunRecord.begin("recipe paper", Map.of(), 7, "any", root), false);
            }
        }, "none of its 1 utterances is among the");
        Files.delete(root.resolve("ali/alignment.txt"));
        says(() -> task(null, Map.of("near", "near"), Map.of()), "alignment.txt: no such file; give the alignments");
    }

    private static void says(org.junit.jupiter.api.function.Executable action, String expected) {
        String message = assertThrows(UserError.class, action).getMessage();
        assertTrue(message.contains(expected), message);
    }

    private PaperTask task(Path arpa, Map<String, String> targets, Map<String, String> adaptations) {
        return new PaperTask(root.resolve("tones"), root.resolve("ali"), arpa, folders(targets), folders(adaptations));
    }

    private Map<String, Path> folders(Map<String, String> names) {
        return names.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> root.resolve(e.getValue())));
    }

    private void prepare(PaperTask task) throws IOException {
        try (Progress progress = quiet()) {
            task.prepare(new RunFolder(root.resolve("run")), 1, progress);
        }
    }

    private static Set<String> scored(RunFolder run, String replicate, String condition) {
        return run.readPart("adaptation-utterances-" + replicate + "-" + condition + "-A0-0.csv").rows().stream().map(row -> row.text("speaker")).collect(Collectors.toSet());
    }

    /// A set with other ids, as a data folder that stands alone.
    private void copy(Path corpus, String set, String prefix, String to) throws IOException {
        List<Utterance> utterances = DataDir.read(corpus.resolve(set), corpus).utterances();
        DataDir.write(root.resolve(to), null, utterances.stream()
                .map(u -> new Utterance(prefix + "." + u.id(), prefix + "." + u.speaker(), u.audio(), u.segment(), u.words())).toList());
    }

    private static Progress quiet() {
        return new Progress(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false, System::nanoTime);
    }
}
