package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.adapt.Regime;
import org.hyperhypo.experiments.recipe.Recipe;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.recipe.RunFolder;
import org.hyperhypo.experiments.recipe.Task;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.report.Report;
import org.hyperhypo.experiments.report.RunRecord;
import org.hyperhypo.kernels.KernelInfo;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// Options that all recipes share.
final class RecipeRun {
    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the run (default: runs/<recipe> in the working folder).")
    Path out;

    @Option(names = "--replicates", paramLabel = "N", description = "Networks trained, each with its own seed, taking turns in the folds of the test speakers "
            + "(default: 2 seeds and 2 folds, with --full 3 and 3; fsdd: one for every held-out speaker, with --full three).")
    Integer replicates;

    @Option(names = "--regime", paramLabel = "NAME", description = "Whose speech is adapted on: speaker-disjoint (other speakers than those scored) or "
            + "transductive (those scored) (default: ${DEFAULT-VALUE}).", defaultValue = "speaker-disjoint")
    Regime regime;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of decoding and adapting (default: ${DEFAULT-VALUE}).")
    int rounds = RecipeOptions.standard().arms().rounds();

    @Option(names = "--resume", description = "Go on with an interrupted run instead of starting again.")
    boolean resume;

    @Mixin
    SharingOptions sharing;

    @Mixin
    SeedOption seed;

    @Mixin
    ThreadsOption threads;

    @Mixin
    FilterbankOptions filterbank;

    @Mixin
    NetworkOptions network;

    @Mixin
    FcScaleOption fcScale;

    @Mixin
    TailOption tail;

    @Mixin
    TrustOptions trust;

    /// How much is measured.
    static final class Size {
        @Option(names = "--quick", description = "Measure little: a removal sweep of one share and three random draws.")
        boolean quick;

        @Option(names = "--full", description = "Measure all: removal of seven shares, nine criteria, single layers, 20 random draws; "
                + "all arms, five random draws, learning rates chosen on the tuning domains; three seeds (commands: six conditions).")
        boolean full;
    }

    @ArgGroup
    Size size = new Size();

    /// @param full what `--full` makes of `base`
    RecipeOptions options(RecipeOptions base, RecipeOptions full) {
        RecipeOptions o = size.full ? full : size.quick ? base.quick() : base;
        return new RecipeOptions(seed.seed, replicates != null ? replicates : o.replicates(), o.folds(),
                new RecipeOptions.Features(filterbank.kind, filterbank.bands, network.context), network.net(), o.alignment(), o.training(),
                fcScale.factor, o.search(), tail.share, trust.share, trust.measure, o.arms().with(regime, rounds), o.adaptation(), o.removal(), o.evidence(),
                o.sourceStep());
    }

    /// `--full` takes three seeds and three folds: every test speaker is scored once.
    RecipeOptions options(RecipeOptions base) {
        return options(base, base.full().with(3, 3));
    }

    int run(Task task, RecipeOptions base, CommandSpec spec) throws Exception {
        return sharing.run(spec.commandLine(), member -> run(task, options(base), spec, member));
    }

    int run(Task task, RecipeOptions base, RecipeOptions full, CommandSpec spec) throws Exception {
        return sharing.run(spec.commandLine(), member -> run(task, options(base, full), spec, member));
    }

    int run(Task task, RecipeOptions options, CommandSpec spec, SharingOptions.Member member) throws IOException {
        PrintWriter terminal = spec.commandLine().getOut();
        RunFolder folder = new RunFolder(out != null ? out : Path.of("runs", spec.name()));
        Map<String, String> described = new LinkedHashMap<>(task.describe());
        described.putAll(options.describe());
        described.put("threads", String.valueOf(threads.count()));
        RunRecord record = RunRecord.begin(commandLine(spec), described, seed.seed, KernelInfo.current().text(),
                Path.of(System.getProperty("hyperhypo.home", ".")));
        List<Failure> failures;
        try (Progress progress = member.ranks().progress()) {
            Recipe recipe = new Recipe(task, options, folder, threads.count(), progress, member.team());
            if (sharing.share() != null) {
                recipe.share(record, sharing.share().until());
                return 0;
            }
            failures = recipe.run(record, resume);
        }
        member.ranks().leave().run();
        if (!member.ranks().first()) {
            return 0;
        }
        terminal.println(Report.summary(folder.root()));
        return listed(failures, terminal);
    }

    /// Lists what failed while the rest went on, and returns the exit code.
    static int listed(List<Failure> failures, PrintWriter terminal) {
        if (failures.isEmpty()) {
            return 0;
        }
        terminal.println(failures.size() + " items failed:");
        failures.stream().limit(20).forEach(failure -> terminal.println("  " + failure));
        terminal.println(failures.size() > 20 ? "  ... all of them are in the report" : "");
        return Main.SOME_FAILED;
    }

    private static String commandLine(CommandSpec spec) {
        return "hyperhypo " + String.join(" ", spec.commandLine().getParseResult().originalArgs().isEmpty()
                ? List.of("recipe", spec.name()) : root(spec).getParseResult().originalArgs());
    }

    private static picocli.CommandLine root(CommandSpec spec) {
        return spec.root().commandLine();
    }
}
