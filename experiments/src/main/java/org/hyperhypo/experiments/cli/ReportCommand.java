package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes the report of a finished run again, from its tables alone.
@Command(name = "report", mixinStandardHelpOptions = true,
        description = "Makes report.html and results.json of a run from its tables, and prints the main table.",
        footer = {"", "Example:", "  hyperhypo report runs/digits"})
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Folder of a run, for instance runs/digits.")
    private Path run;

    @Option(names = "--markdown", description = "Print the main table and the contrasts as Markdown.")
    private boolean markdown;

    @Option(names = "--pictures", paramLabel = "DIR", description = "Also write the main pictures as SVG files to this folder.")
    private Path pictures;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(run.resolve("results"))) {
            throw new UserError(run + ": not a run (it has no folder \"results\"); make one with \"hyperhypo recipe digits\"");
        }
        Report.write(run);
        if (pictures != null) {
            Files.createDirectories(pictures);
            Report.pictures(run, pictures);
        }
        spec.commandLine().getOut().println(markdown ? Report.markdown(run) : Report.summary(run));
        return 0;
    }
}
