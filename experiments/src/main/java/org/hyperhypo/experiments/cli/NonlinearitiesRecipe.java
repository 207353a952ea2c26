package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.corpus.SyntheticDigits;
import org.hyperhypo.experiments.recipe.DigitsTask;
import org.hyperhypo.experiments.recipe.FolderTask;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.recipe.Task;
import org.hyperhypo.experiments.report.RunsTable;
import org.hyperhypo.experiments.train.Architecture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The recipe once for every activation function, each in a folder of its own, and one table of all.
@Command(name = "nonlinearities", mixinStandardHelpOptions = true,
        description = {"The digits recipe (or commands, with --data) with several activation functions, and one table of them.",
            "ADA cannot saturate when it is on: if hyper and hypo neurons are what the paper says, it should behave differently.",
            "--fc-scale is for the sigmoid; the others start from the usual initial weights."},
        footer = {"", "Example:", "  hyperhypo recipe nonlinearities --activations sigmoid,relu,ada"})
final class NonlinearitiesRecipe implements Callable<Integer> {
    @Option(names = "--activations", split = ",", paramLabel = "NAME", description = "sigmoid, tanh, relu, ada (default: sigmoid,relu,ada).")
    private List<String> activations = List.of("sigmoid", "relu", "ada");

    @Option(names = "--data", paramLabel = "DIR", description = "Corpus folder as of recipe commands (default: the synthetic digits).")
    private Path data;

    @Mixin
    private SurroundingsOptions surroundings;

    @Mixin
    private RecipeRun run;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        activations.forEach(Architecture::function);
        if (activations.stream().distinct().count() < Math.max(2, activations.size())) {
            throw new UserError("--activations " + String.join(",", activations) + ": give two or more different ones to compare");
        }
        Path root = run.out != null ? run.out : Path.of("runs", spec.name());
        double scale = run.fcScale.factor;
        List<Path> folders = new ArrayList<>();
        int code = 0;
        for (String activation : activations) {
            run.out = root.resolve(activation);
            run.network.activation = activation;
            run.fcScale.factor = activation.equals("sigmoid") ? scale : 1;
            Task task = data == null ? new DigitsTask(SyntheticDigits.Options.standard(run.seed.seed))
                    : new FolderTask(data, surroundings.noise, surroundings.rooms, run.size.full);
            code = Math.max(code, run.run(task, data == null ? RecipeOptions.standard() : RecipeOptions.recorded(), spec));
            folders.add(run.out);
        }
        spec.commandLine().getOut().print(RunsTable.write(folders, Outputs.file(root.resolve("nonlinearities.html"))));
        return code;
    }
}
