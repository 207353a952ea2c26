package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.corpus.SyntheticDigits;
import org.hyperhypo.experiments.recipe.DigitsTask;
import org.hyperhypo.experiments.recipe.FolderTask;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.recipe.RunFolder;
import org.hyperhypo.experiments.recipe.Stage;
import org.hyperhypo.experiments.recipe.Task;
import org.hyperhypo.experiments.recipe.map.GridFile;
import org.hyperhypo.experiments.recipe.map.MapOptions;
import org.hyperhypo.experiments.recipe.map.MapRecipe;
import org.hyperhypo.experiments.recipe.map.NetworkGrid;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.report.Report;
import org.hyperhypo.experiments.report.RunRecord;
import org.hyperhypo.kernels.KernelInfo;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Benefit against saturation over a grid of networks.
@Command(name = "map", mixinStandardHelpOptions = true,
        description = {"Where do the claims begin to hold? Trains a grid of networks, and in each removes and adapts its hyper and hypo neurons.",
            "Connected digits of a synthesiser, or with --data recordings."},
        footer = {"", "Examples:", "  hyperhypo recipe map", "  hyperhypo recipe map --grid my-networks.csv --seeds 3",
            "In an array of 8 jobs on a shared file system: hyperhypo recipe map --full --index $I --of 8"})
final class MapRecipeCommand implements Callable<Integer> {
    /// A recorded corpus.
    private static final class Recorded {
        @Option(names = "--data", required = true, paramLabel = "DIR", description = "Corpus folder: train, dev, test (wav.scp text utt2spk), lexicon.txt.")
        private Path data;

        @Option(names = "--noise", paramLabel = "DIR", description = "Folder of noise recordings, WAV or FLAC (default: noise made here).")
        private Path noise;

        @Option(names = "--rir", paramLabel = "DIR", description = "Folder of room impulse responses, WAV or FLAC (default: simulated rooms).")
        private Path rooms;
    }

    @ArgGroup(exclusive = false)
    private Recorded recorded;

    /// Which networks.
    private static final class Networks {
        @Option(names = "--grid", paramLabel = "FILE", description = "Table (CSV) with a network a line: any of the columns network, optimizer, rate, scale, layers,"
                + " width, activation, epochs (default: a grid of 24; with --resume that of the run).")
        private Path file;

        @Option(names = "--full", description = "A grid of over 100 networks.")
        private boolean full;
    }

    @ArgGroup
    private Networks networks = new Networks();

    @Option(names = "--seeds", defaultValue = "2", paramLabel = "N",
            description = "Training seeds of each network, each with its fold of the test speakers (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--draws", defaultValue = "3", paramLabel = "N", description = "Draws of random neurons (default: ${DEFAULT-VALUE}).")
    private int draws;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the run (default: ${DEFAULT-VALUE}).", defaultValue = "runs/map")
    private Path out;

    @Option(names = "--resume", description = "Go on with an interrupted run, or with another grid, instead of starting again.")
    private boolean resume;

    @Mixin
    private SharingOptions sharing;

    @Mixin
    private SeedOption seed;

    @Mixin
    private ThreadsOption threads;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (sharing.share() != null && sharing.share().until() != Stage.ADAPTATION) {
            throw new ParameterException(spec.commandLine(), "--until is not for a map: every share makes the features and alignments that it does not find");
        }
        return sharing.run(spec.commandLine(), this::run);
    }

    private int run(SharingOptions.Member member) throws IOException {
        MapOptions options = options();
        Task task = recorded == null ? new DigitsTask(digits(seed.seed)) : new FolderTask(recorded.data, recorded.noise, recorded.rooms, false);
        NetworkGrid grid = grid();
        RunFolder folder = new RunFolder(out);
        Map<String, String> described = new LinkedHashMap<>(task.describe());
        described.putAll(options.describe());
        described.put("seeds", String.valueOf(seeds));
        described.put("networks", grid.networks().size() + ", in " + MapRecipe.GRID);
        described.put("threads", String.valueOf(threads.count()));
        RunRecord record = RunRecord.begin("hyperhypo " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs()), described, seed.seed,
                KernelInfo.current().text(), Path.of(System.getProperty("hyperhypo.home", ".")));
        List<String> missing;
        List<Failure> failures;
        try (Progress progress = member.ranks().progress()) {
            MapRecipe recipe = new MapRecipe(task, grid, options, folder, threads.count(), progress, member.team());
            missing = sharing.share() != null ? recipe.share(record) : recipe.run(record, resume);
            failures = recipe.failures();
        }
        member.ranks().leave().run();
        if (!member.ranks().first()) {
            return 0;
        }
        PrintWriter terminal = spec.commandLine().getOut();
        if (!missing.isEmpty()) {
            terminal.printf("%d of %d networks with their seeds are not done yet: %s%s%nthe process that ends last writes the report; if it does not,"
                    + " \"hyperhypo recipe map --resume\" does%n", missing.size(), grid.networks().size() * seeds,
                    String.join(", ", missing.stream().limit(5).toList()), missing.size() > 5 ? ", ..." : "");
            return 0;
        }
        terminal.println(Report.summary(folder.root()));
        if (!failures.isEmpty()) {
            terminal.println(failures.size() + " items failed; the report names all:");
            failures.stream().limit(20).forEach(failure -> terminal.println("  " + failure));
        }
        return failures.isEmpty() ? 0 : Main.SOME_FAILED;
    }

    private MapOptions options() {
        RecipeOptions base = recorded == null ? RecipeOptions.standard() : RecipeOptions.recorded();
        return new MapOptions(base.withSeed(seed.seed), seeds, draws);
    }

    private NetworkGrid grid() {
        Path earlier = out.resolve(MapRecipe.GRID);
        return networks.file != null ? GridFile.read(networks.file) : networks.full ? NetworkGrid.full()
                : resume && Files.exists(earlier) ? GridFile.read(earlier) : NetworkGrid.standard();
    }

    /// Less training speech than `recipe digits` has, as much of the test.
    private static SyntheticDigits.Options digits(long seed) {
        SyntheticDigits.Options o = SyntheticDigits.Options.standard(seed);
        return new SyntheticDigits.Options(seed, o.trainSpeakers(), 320, o.devSpeakers(), 60, o.testSpeakers(), 320, o.minDigits(), o.maxDigits());
    }
}
