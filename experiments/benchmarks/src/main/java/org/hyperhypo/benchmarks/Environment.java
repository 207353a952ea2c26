package org.hyperhypo.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperhypo.experiments.report.RunRecord;
import org.hyperhypo.kernels.KernelInfo;

/// What a run of the benchmarks ran on.
///
/// @param run       command, commit, processor, JVM, kernels, start
/// @param flags     of every forked JVM
/// @param governor  of the clock, "unknown" where it cannot be read
/// @param hugePages setting of transparent huge pages
/// @param load      load averages at the start
record Environment(RunRecord run, List<String> flags, String governor, String hugePages, String load, String system) {

    static Environment here(String command, Map<String, String> options, List<String> flags, Path home) {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch");
        return new Environment(RunRecord.begin(command, options, 0, KernelInfo.current().text(), home), flags, Machine.governor(), Machine.hugePages(),
                Machine.load(), system);
    }

    /// What must be the same for forks to be put together. Not the state of the tree: keeping results changes it.
    String key() {
        return String.join("\n", run.commit(), run.cpu(), run.jvm(), run.kernels(), String.valueOf(flags), new TreeMap<>(run.options()).toString()) + "\n";
    }

    List<String> lines() {
        return List.of("command      " + run.command(), "commit       " + run.commit() + ", tree " + run.tree(),
                "processor    " + run.cpu() + ", " + run.cores() + " cores, " + system, "governor     " + governor + ", transparent huge pages " + hugePages,
                "java         " + run.jvm(), "flags        " + String.join(" ", flags), run.kernels().replaceFirst("^kernels: ", "kernels      "),
                "started      " + run.started() + ", load averages " + load);
    }
}
