package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What produced a folder of results, kept beside them as `run.json`.
///
/// @param command what was typed
/// @param options every option with the value used, defaults included; `speech` = "synthetic" marks synthetic speech
/// @param commit  of the software, "unknown" outside a repository
/// @param tree    "clean", "changed" or "unknown": whether tracked files differed from the commit
/// @param kernels which kernels ran and why, one line
/// @param started UTC, ISO 8601
/// @param stages  wall seconds per stage, in order
public record RunRecord(
    String command, Map<String, String> options, long seed, String commit, String tree, String cpu, int cores, String jvm, String kernels,
    String started, Map<String, Double> stages) {

    public static final String FILE = "run.json";

    public RunRecord {
        options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
        stages = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(stages));
    }

    /// The record of a run that begins now, on this machine; `source` is a folder inside the software's working tree.
    public static RunRecord begin(String command, Map<String, String> options, long seed, String kernels, Path source) {
        GitState git = GitState.of(source);
        String jvm = System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version");
        return new RunRecord(command, options, seed, git.commit(), git.tree(), cpuModel(), Runtime.getRuntime().availableProcessors(),
            jvm, kernels,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), Map.of());
    }

    /// The same record with the wall seconds that an interrupted run left in `runFolder`, if it left any.
    public RunRecord withStagesOf(Path runFolder) throws IOException {
        return Files.exists(runFolder.resolve(FILE)) ? withStages(read(runFolder).stages) : this;
    }

    /// The same record with other wall seconds.
    public RunRecord withStages(Map<String, Double> seconds) {
        return new RunRecord(command, options, seed, commit, tree, cpu, cores, jvm, kernels, started, seconds);
    }

    /// The same record with `seconds` added to a stage, as a stage that was interrupted and resumed needs it.
    public RunRecord withStage(String stage, double seconds) {
        Map<String, Double> more = new LinkedHashMap<>(stages);
        more.merge(stage, seconds, Double::sum);
        return new RunRecord(command, options, seed, commit, tree, cpu, cores, jvm, kernels, started, more);
    }

    public double seconds() {
        return stages.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /// Whether the speech of this run was made by a synthesiser.
    public boolean syntheticSpeech() {
        return options.getOrDefault("speech", "").contains("synthetic") || options.getOrDefault("synthetic", "").equals("true");
    }

    public void write(Path runFolder) throws IOException {
        Json.write(runFolder.resolve(FILE), this);
    }

    public static RunRecord read(Path runFolder) throws IOException {
        return readFile(runFolder.resolve(FILE));
    }

    /// A record under another name.
    public static RunRecord readFile(Path file) throws IOException {
        if (!(Json.read(file) instanceof Map<?, ?> map)) throw new IOException(file + ": not a run record");
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, Double> stages = new LinkedHashMap<>();
        if (map.get("options") instanceof Map<?, ?> m) m.forEach((k, v) -> options.put(String.valueOf(k), String.valueOf(v)));
        if (map.get("stages") instanceof Map<?, ?> m) m.forEach((k, v) -> stages.put(String.valueOf(k), v instanceof Number n
            ? n.doubleValue() : Double.NaN));
        return new RunRecord(text(map, "command"), options, number(map, "seed").longValue(), text(map, "commit"), text(map, "tree"),
            text(map, "cpu"), number(map, "cores").intValue(), text(map, "jvm"), text(map, "kernels"), text(map, "started"), stages);
    }

    private static String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String s ? s : "unknown";
    }

    private static Number number(Map<?, ?> map, String key) {
        return map.get(key) instanceof Number n ? n : 0;
    }

    private static String cpuModel() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
