package org.hyperhypo.experiments.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.corpus.SyntheticDigits;
import org.hyperhypo.experiments.recipe.DigitsTask;
import org.hyperhypo.experiments.recipe.FolderTask;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The whole experiment in one command.
@Command(name = "recipe", mixinStandardHelpOptions = true, description = "Runs the whole experiment: train, find, remove, adapt, compare, report.",
        subcommands = {RecipeCommand.Digits.class, RecipeCommand.Commands.class, FsddRecipe.class, ChildrenRecipe.class, PaperRecipe.class,
            NonlinearitiesRecipe.class, MapRecipeCommand.class},
        footer = {"", "Examples:", "  hyperhypo recipe digits", "  hyperhypo recipe commands --data DIR --noise DIR --rir DIR",
            "  hyperhypo recipe fsdd --data DIR --noise DIR --rir DIR", "  mpirun -n 4 hyperhypo recipe digits --mpi"})
final class RecipeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "digits", mixinStandardHelpOptions = true,
            description = "Connected digits spoken by a synthesiser, in noise, rooms and over a telephone line. Needs no data.",
            footer = {"", "Example:", "  hyperhypo recipe digits"})
    static final class Digits implements Callable<Integer> {
        @Mixin
        private RecipeRun run;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            return run.run(new DigitsTask(SyntheticDigits.Options.standard(run.seed.seed)), RecipeOptions.standard(), spec);
        }
    }

    @Command(name = "commands", mixinStandardHelpOptions = true,
            description = "The same on recordings: a folder with Kaldi-style sets train, dev, test and a lexicon.txt.",
            footer = {"", "Example:", "  hyperhypo recipe commands --data corpora/arabic-commands --noise corpora/noise --rir corpora/rir"})
    static final class Commands implements Callable<Integer> {
        @Option(names = "--data", required = true, paramLabel = "DIR", description = "Corpus folder: train, dev, test (wav.scp text utt2spk), lexicon.txt.")
        private Path data;

        @Mixin
        private SurroundingsOptions surroundings;

        @Mixin
        private RecipeRun run;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            return run.run(new FolderTask(data, surroundings.noise, surroundings.rooms, run.size.full), RecipeOptions.recorded(), spec);
        }
    }
}
