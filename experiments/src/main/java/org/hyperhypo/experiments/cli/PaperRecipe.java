package org.hyperhypo.experiments.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.recipe.PaperTask;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "paper", mixinStandardHelpOptions = true,
        description = {"The protocol at the paper's sizes, on corpora that you hold (Aurora-4, REVERB, any in Kaldi's format).",
            "Training speech comes with state alignments (hyperhypo align, or Kaldi's imported with it), target domains as data folders."},
        footer = {"", "Example:", "  hyperhypo recipe paper --data aurora4 --alignments ali/train --arpa bigram.arpa \\",
            "      --target noise=aurora4/test_b --adapt noise=aurora4/adapt_b --target room=reverb/eval --adapt room=reverb/adapt"})
final class PaperRecipe implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR",
            description = "Source corpus: train, dev, test (wav.scp text utt2spk, perhaps segments), lexicon.txt.")
    private Path data;

    @Option(names = "--alignments", required = true, paramLabel = "FILE",
            description = "State numbers of the training speech: alignment.txt or its folder, states.txt beside it.")
    private Path alignments;

    @Option(names = "--arpa", paramLabel = "FILE", description = "N-gram model to decode with (default: a loop of all words).")
    private Path arpa;

    @Option(names = "--target", required = true, paramLabel = "NAME=DIR", description = "Test set of a target domain; may be repeated.")
    private Map<String, Path> targets = new LinkedHashMap<>();

    @Option(names = "--adapt", paramLabel = "NAME=DIR",
            description = "Unlabelled speech of that domain; may be repeated. Without it, folds of the target's test speakers take turns.")
    private Map<String, Path> adaptations = new LinkedHashMap<>();

    @Mixin
    private RecipeRun run = atPaperSizes();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PaperTask task = new PaperTask(data, alignments, arpa, targets, adaptations);
        return run.run(task, RecipeOptions.paper(), RecipeOptions.paper().full().with(3, 2), spec);
    }

    /// The same options with other defaults.
    private static RecipeRun atPaperSizes() {
        RecipeOptions paper = RecipeOptions.paper();
        RecipeRun run = new RecipeRun();
        run.filterbank = new FilterbankOptions();
        run.filterbank.kind = paper.features().kind();
        run.network = new NetworkOptions();
        run.network.convolutions = paper.net();
        run.network.layers = paper.net().hidden();
        run.network.width = paper.net().width();
        run.tail = new TailOption();
        run.tail.share = paper.tailShare();
        return run;
    }
}
