package org.hyperhypo.benchmarks;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.AtomicFile;
import org.hyperhypo.experiments.report.Json;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command `hyperhypo bench`: starts the forks, puts what they measured together, prints and keeps it.
@Command(name = "hyperhypo bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Measures kernels and engine, with the machine's own limits in the same rounds, and says which figures asked for are reached.",
            "Writes results.md, results.json and peak.svg. A run that was stopped goes on where it was (but for --quick); its forks are in DIR/forks."},
        footer = {"", "Examples:", "  hyperhypo bench --quick", "  hyperhypo bench --yardsticks", "  mpirun -n 2 experiments/bin/hyperhypo bench --mpi --help"})
public final class Bench implements Callable<Integer> {
    @Option(names = "--quick", description = "one short fork of each group with fewer questions, about a minute; decides nothing")
    private boolean quick;

    @Option(names = "--yardsticks", description = {"also time oneDNN, OpenBLAS, MKL, netlib VectorBLAS, PyTorch and a C loop.",
        "Needs the jars of the Maven profile yardsticks (350 MB), which this command never downloads, and for the C loop a C compiler."})
    private boolean yardsticks;

    @Option(names = "--threads", defaultValue = "2", paramLabel = "N", description = "threads of the questions about threads (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(names = "--forks", paramLabel = "N", description = "forks of each group (default: 5, with --quick 1); a verdict needs 5")
    private Integer forks;

    @Option(names = "--only", split = ",", paramLabel = "GROUP", description = "some groups only, of: ${COMPLETION-CANDIDATES}")
    private List<Group> only;

    @Option(names = "--again", defaultValue = "1", paramLabel = "N",
            description = "how often a fork is run again in which others used the processor (default: ${DEFAULT-VALUE})")
    private int again;

    @Option(names = "--out", paramLabel = "DIR", description = "where results go (default: experiments/benchmarks/results, with --quick its target/bench)")
    private Path out;

    @Option(names = "--fresh", description = "forget forks that are in DIR already")
    private boolean fresh;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        CommandLine line = new CommandLine(List.of(args).contains("--mpi") ? new ScalingBench() : new Bench());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((e, c, _) -> {
            c.getErr().println("hyperhypo: " + (e instanceof UserError ? e.getMessage() : e.toString()));
            return 3;
        });
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (threads < 2 || threads > 1024 || forks != null && forks < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--threads needs 2 to 1024, --forks at least 1");
        }
        Path home = Path.of(System.getProperty("hyperhypo.home", ".")).toAbsolutePath().normalize();
        Path folder = out != null ? out : home.resolve(quick ? "experiments/benchmarks/target/bench" : "experiments/benchmarks/results");
        Speed speed = quick ? Speed.QUICK : Speed.FULL;
        if (yardsticks && ServiceLoader.load(Yardstick.class).stream().findAny().isEmpty()) {
            throw new UserError("no yardsticks on the class path; start through experiments/bin/hyperhypo, which says how to get them");
        }
        Environment environment = Environment.here("hyperhypo bench " + String.join(" ", spec.commandLine().getParseResult().originalArgs()),
                Map.of("speed", speed.name(), "threads", String.valueOf(threads), "yardsticks", String.valueOf(yardsticks)), ForkProcess.FLAGS, home);
        prepare(folder.resolve("forks"), environment.key());
        List<ForkResult> results = measure(folder.resolve("forks"), speed);
        Summary summary = Summary.of(environment, results, threads);
        String text = Tables.text(summary);
        AtomicFile.write(folder.resolve("results.md"), text);
        Json.write(folder.resolve("results.json"), summary.json());
        AtomicFile.write(folder.resolve("peak.svg"), Picture.svg(summary));
        spec.commandLine().getOut().print(text);
        spec.commandLine().getErr().println("written: results.md, results.json, peak.svg in " + folder);
        return 0;
    }

    /// Forks of another commit, machine or setting are not mixed with new ones.
    private void prepare(Path kept, String key) throws Exception {
        Path keyFile = kept.resolve("key.txt");
        if ((fresh || quick) && Files.exists(kept)) {
            try (Stream<Path> files = Files.list(kept)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        if (Files.exists(keyFile) && !Files.readString(keyFile).equals(key)) {
            throw new UserError(kept + " holds forks of another commit, machine or setting:\n" + Files.readString(keyFile)
                    + "add --fresh to forget them, or choose another --out");
        }
        AtomicFile.write(keyFile, key);
    }

    private List<ForkResult> measure(Path kept, Speed speed) throws Exception {
        List<Group> groups = only == null ? List.of(Group.values()) : only;
        int count = forks != null ? forks : speed.forks;
        PrintWriter progress = spec.commandLine().getErr();
        int done = 0;
        for (int fork = 1; fork <= count; fork++) {
            for (Group group : groups) {
                done++;
                Path file = file(kept, group, fork);
                for (int attempt = 0; !Files.exists(file) || attempt > 0 && attempt <= (quick ? 0 : again) && ForkResult.read(file).others() > Verdict.OTHERS; attempt++) {
                    progress.printf("[%d/%d] fork %d: %s%s ... ", done, count * groups.size(), fork, group.name().toLowerCase(Locale.ROOT),
                            attempt == 0 ? "" : ", again: others used the processor");
                    progress.flush();
                    long start = System.nanoTime();
                    ForkProcess.run(group, speed, fork, threads, yardsticks, file);
                    progress.printf("%.0f s%n", (System.nanoTime() - start) * 1e-9);
                }
            }
        }
        return read(kept, count);
    }

    /// All forks that are there, also of groups that this run did not measure.
    private static List<ForkResult> read(Path kept, int count) throws Exception {
        Map<Path, ForkResult> results = new LinkedHashMap<>();
        for (Group group : Group.values()) {
            for (int fork = 1; fork <= count; fork++) {
                Path file = file(kept, group, fork);
                if (Files.exists(file)) {
                    results.put(file, ForkResult.read(file));
                }
            }
        }
        return new ArrayList<>(results.values());
    }

    private static Path file(Path kept, Group group, int fork) {
        return kept.resolve(group.name().toLowerCase(Locale.ROOT) + "-" + fork + ".json");
    }
}
