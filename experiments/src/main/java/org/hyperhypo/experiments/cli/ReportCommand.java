package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Comparison;
import org.hyperhypo.experiments.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes the report of a finished run again, from its tables alone.
@Command(name = "report", mixinStandardHelpOptions = true,
        description = {"Makes report.html and results.json of a run from its tables, and prints the main table.",
            "With --compare, sets two runs side by side."},
        footer = {"", "Examples:", "  hyperhypo report runs/digits", "  hyperhypo report --compare runs/digits runs/commands"})
final class ReportCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Folder of a run, for instance runs/digits.")
    private Path run;

    @Option(names = "--compare", arity = "2", paramLabel = "RUN", description = "Two runs to set side by side.")
    private List<Path> compared = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Page of the comparison (default: comparison.html in the working folder).")
    private Path out = Path.of("comparison.html");

    @Option(names = "--markdown", description = "Print the main table and the contrasts as Markdown.")
    private boolean markdown;

    @Option(names = "--pictures", paramLabel = "DIR", description = "Also write the main pictures as SVG files to this folder.")
    private Path pictures;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if ((run == null) == compared.isEmpty() || compared.size() > 2) {
            throw new ParameterException(spec.commandLine(), "give one run, or two with --compare A B");
        }
        if (run == null) {
            compared.forEach(ReportCommand::require);
            spec.commandLine().getOut().print(Comparison.write(compared.get(0), compared.get(1), Outputs.file(out)));
            return 0;
        }
        require(run);
        Report.write(run);
        if (pictures != null) {
            Files.createDirectories(pictures);
            Report.pictures(run, pictures);
        }
        spec.commandLine().getOut().println(markdown ? Report.markdown(run) : Report.summary(run));
        return 0;
    }

    private static void require(Path run) {
        if (!Files.isDirectory(run.resolve("results"))) {
            throw new UserError(run + ": not a run (it has no folder \"results\"); make one with \"hyperhypo recipe digits\"");
        }
    }
}
