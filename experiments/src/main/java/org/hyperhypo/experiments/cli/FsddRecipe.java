package org.hyperhypo.experiments.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.recipe.ConnectedDigitsTask;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "fsdd", mixinStandardHelpOptions = true,
        description = {"Connected digits put together from recordings of single ones; each speaker is held out in turn.",
            "The network meets a new speaker: as recorded, in noise, in rooms, over a bad channel."},
        footer = {"", "Example:", "  hyperhypo recipe fsdd --data corpora/fsdd8k --noise corpora/noise --rir corpora/rir"})
final class FsddRecipe implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR",
            description = "Corpus folder: sets of single words (wav.scp text utt2spk) with ids <speaker>-<word>-<number>, numbers 0 to 49; lexicon.txt.")
    private Path data;

    @Mixin
    private SurroundingsOptions surroundings;

    @Mixin
    private RecipeRun run;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ConnectedDigitsTask task = new ConnectedDigitsTask(data, surroundings.noise, surroundings.rooms, run.seed.seed);
        int folds = task.speakers();
        RecipeOptions base = RecipeOptions.recorded();
        return run.run(task, base.with(folds, folds), base.full().with(3 * folds, folds).sweeping(2 * base.removal().step()), spec);
    }
}
