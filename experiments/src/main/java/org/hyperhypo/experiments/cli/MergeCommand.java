package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.recipe.RunFolder;
import org.hyperhypo.experiments.recipe.RunMerge;
import org.hyperhypo.experiments.recipe.map.MapRecipe;
import org.hyperhypo.experiments.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The end of a run that was done in shares.
@Command(name = "merge", mixinStandardHelpOptions = true,
        description = "Makes results/ and report.html of a run from what its shares have finished, and names what is missing (then exit code 3).",
        footer = {"", "Example:", "  for i in 0 1 2 3; do hyperhypo recipe digits --index $i --of 4; done", "  hyperhypo merge runs/digits"})
final class MergeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Folder of the run, for instance runs/digits.")
    private Path run;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(run.resolve(MapRecipe.GRID))) {
            throw new UserError(run + ": holds a map; the share that ends last writes its report, and if none did, \"hyperhypo recipe map --resume\" with the"
                    + " options of the shares does");
        }
        if (!RunGroup.exists(run)) {
            return merge(run);
        }
        RunGroup group = RunGroup.read(run);
        int code = 0;
        for (Path one : group.folders()) {
            code = Math.max(code, merge(one));
        }
        spec.commandLine().getOut().print(group.table());
        return code;
    }

    private int merge(Path run) throws IOException {
        RunMerge merged = RunMerge.write(new RunFolder(run));
        PrintWriter out = spec.commandLine().getOut();
        out.println(Report.summary(run));
        int code = RecipeRun.listed(merged.failures(), out);
        if (!merged.missing().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("hyperhypo: " + run + ": not finished, " + merged.missing().size() + " cells are missing:");
            merged.missing().forEach(cell -> err.println("  " + cell));
            return Main.FAILED;
        }
        return code;
    }
}
