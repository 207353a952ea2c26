package org.hyperhypo.experiments.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.recipe.ChildrenTask;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "children", mixinStandardHelpOptions = true,
        description = {"Analysis only: networks trained on adults listen to children. Phone error rate, activity, shift; nothing is adapted."},
        footer = {"", "Example:", "  hyperhypo recipe children --data corpora/speechocean762"})
final class ChildrenRecipe implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR",
            description = "Corpus folder: train_adult, dev_adult, test_adult, test_child (wav.scp text utt2spk), lexicon.txt.")
    private Path data;

    @Mixin
    private RecipeRun run;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RecipeOptions base = RecipeOptions.recorded().with(2, 2);
        RecipeOptions full = base.full().with(3, 2);
        return run.run(new ChildrenTask(data), base.with(base.arms().none()), full.with(full.arms().none()), spec);
    }
}
