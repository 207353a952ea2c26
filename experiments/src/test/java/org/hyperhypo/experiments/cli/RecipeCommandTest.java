package org.hyperhypo.experiments.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeCommandTest {
    @TempDir
    private Path root;

    @Test
    void everyRecipeNamesTheFolderThatIsNotThere() {
        Path none = root.resolve("none");
        refused("lexicon.txt", "recipe", "fsdd", "--data", none);
        refused("none", "recipe", "commands", "--data", none, "--out", root.resolve("run"));
        refused("train_adult", "recipe", "children", "--data", none, "--out", root.resolve("run"));
        refused("alignment", "recipe", "paper", "--data", none, "--alignments", root.resolve("alignment"), "--target", "near=" + none, "--out", root.resolve("run"));
    }

    @Test
    void activationsToCompareAreTwoOrMoreKnownOnes() {
        refused("\"sine\" is not known; use sigmoid, tanh, relu or ada", "recipe", "nonlinearities", "--activations", "relu,sine");
        refused("two or more different ones", "recipe", "nonlinearities", "--activations", "relu");
        refused("two or more different ones", "recipe", "nonlinearities", "--activations", "relu,relu");
    }

    @Test
    void thePaperStartsFromItsOwnSizesAndOtherRecipesFromTheirs() {
        String paper = CommandRun.of("recipe", "paper", "--help").out();
        String digits = CommandRun.of("recipe", "digits", "--help").out();
        for (String[] pair : new String[][] {{"1024", "256"}, {"gammatone)", "mel)"}, {"0.05", "0.1"}}) {
            assertTrue(paper.contains("(default: " + pair[0]) || paper.contains("default: " + pair[0]), pair[0] + "\n" + paper);
            assertTrue(digits.contains("default: " + pair[1]), pair[1] + "\n" + digits);
        }
    }

    private static void refused(String expected, Object... words) {
        CommandRun run = CommandRun.of(words);
        assertEquals(3, run.code(), run.err());
        assertTrue(run.err().contains(expected), run.err());
    }
}
