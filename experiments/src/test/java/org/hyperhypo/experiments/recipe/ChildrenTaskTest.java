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
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.report.Report;
import org.hyperhypo.experiments.report.RunRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTaskTest {
    @TempDir
    private Path root;

    /// Whistlers a and b are the adults of the test, c and d the children.
    @BeforeEach
    void corpus() throws IOException {
        ToneTask.write(root.resolve("tones"), Tiny.seed("children"));
        Path tones = root.resolve("tones");
        List<Utterance> test = DataDir.read(tones.resolve("test"), tones).utterances();
        Files.move(tones.resolve("train"), tones.resolve("train_adult"));
        Files.move(tones.resolve("dev"), tones.resolve("dev_adult"));
        DataDir.write(tones.resolve("test_adult"), tones, test.stream().filter(u -> u.speaker().compareTo("test-b") <= 0).toList());
        DataDir.write(tones.resolve("test_child"), tones, test.stream().filter(u -> u.speaker().compareTo("test-b") > 0).toList());
        Files.writeString(tones.resolve("lexicon.txt"), "ab A1 B0\nbc B C2\nca C A1\n");
    }

    @Test
    void networksOfAdultsAreAnalysedOnChildrenInPhonesAndNothingIsAdapted() throws IOException {
        RunFolder run = new RunFolder(root.resolve("run"));
        RecipeOptions options = ToneTask.options();
        List<Failure> failures;
        try (Progress progress = quiet()) {
            Recipe recipe = new Recipe(new ChildrenTask(root.resolve("tones")), options.with(1, 2).with(options.arms().none()), run, 1, progress, Team.of(Share.ALL));
            failures = recipe.run(RunRecord.begin("recipe children", Map.of("speech", "recorded"), 7, "any", root), false);
        }
        assertTrue(failures.stream().anyMatch(failure -> failure.item().equals("test-c-03")), failures.toString());
        List<Utterance> train = DataDir.read(run.data().resolve("train"), null).utterances();
        assertEquals(Set.of("A", "B", "C"), train.stream().flatMap(u -> u.words().stream()).collect(Collectors.toSet()), "phones without stress");
        Csv adaptation = Csv.read(run.results().resolve("adaptation.csv"));
        assertEquals(List.of("A0"), adaptation.rows().stream().map(row -> row.text("arm")).toList());
        Csv errors = run.readPart("adaptation-utterances-r1-children-A0-0.csv");
        assertEquals(Set.of("test-c", "test-d"), errors.rows().stream().map(row -> row.text("speaker")).collect(Collectors.toSet()));
        Csv removal = Csv.read(run.results().resolve("removal.csv"));
        assertEquals(Set.of("clean", "children"), removal.rows().stream().map(row -> row.text("condition")).collect(Collectors.toSet()));
        for (Csv.Row row : Csv.read(run.results().resolve("shift.csv")).rows()) {
            assertTrue(row.number("still") >= 0 && row.number("still") <= 1, row.toString());
        }
        String page = Files.readString(run.root().resolve(Report.PAGE));
        assertTrue(page.replace('\u00a0', ' ').contains("not measured, and the claim needs both"), "what does not apply is said");

        RunFolder shared = new RunFolder(root.resolve("shared"));
        for (int share = 0; share < 2; share++) {
            try (Progress progress = quiet()) {
                new Recipe(new ChildrenTask(root.resolve("tones")), options.with(1, 2).with(options.arms().none()), shared, 1, progress, Team.of(new Share(share, 2)))
                        .share(RunRecord.begin("recipe children", Map.of("speech", "recorded"), 7, "any", root), Stage.ADAPTATION);
            }
        }
        assertEquals(new RunMerge(List.of(), failures), RunMerge.write(shared));
        for (String table : List.of("removal", "shift", "contrasts", "failures")) {
            assertEquals(Files.readString(run.results().resolve(table + ".csv")), Files.readString(shared.results().resolve(table + ".csv")), table + " in shares");
        }
    }

    @Test
    void aSetThatIsMissingIsNamedAndAWordWithoutPhonesLeavesItsUtteranceOut() throws IOException {
        Path text = root.resolve("tones/train_adult/text");
        Files.writeString(text, Files.readString(text).replaceFirst("(train-a-00) \\w+", "$1 unheard"));
        ChildrenTask task = new ChildrenTask(root.resolve("tones"));
        try (Progress progress = quiet()) {
            task.prepare(new RunFolder(root.resolve("run")), 1, progress);
            assertEquals("train-a-00: lexicon.txt has no pronunciation of unheard", task.failures().getFirst().item() + ": " + task.failures().getFirst().reason());
            Files.delete(root.resolve("tones/test_child/wav.scp"));
            String message = assertThrows(UserError.class, () -> task.prepare(new RunFolder(root.resolve("run")), 1, progress)).getMessage();
            assertTrue(message.contains("test_child: no data folder") && message.contains("train_adult, dev_adult, test_adult, test_child"), message);
        }
    }

    private static Progress quiet() {
        return new Progress(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false, System::nanoTime);
    }
}
