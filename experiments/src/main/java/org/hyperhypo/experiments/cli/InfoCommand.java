package org.hyperhypo.experiments.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.hyperhypo.kernels.KernelInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What runs here, and why.
@Command(name = "info", mixinStandardHelpOptions = true, description = "Shows the machine, the JVM and which kernels run, and why.",
        footer = {"", "Example:", "  hyperhypo info"})
final class InfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Runtime runtime = Runtime.getRuntime();
        out.println("kernels    " + KernelInfo.current().text().replaceFirst("^kernels: ", ""));
        out.println("java       " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        out.println("system     " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
        out.println("processors " + runtime.availableProcessors());
        out.printf("memory     %.1f GiB at most%n", runtime.maxMemory() / (double) (1 << 30));
        out.println("settings   -Dhyperhypo.kernels=auto|scalar|vector, -Dhyperhypo.debug=true (through HYPERHYPO_JVM_OPTS)");
        return 0;
    }
}
