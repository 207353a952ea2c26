package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.corpus.SyntheticDigits;
import org.hyperhypo.experiments.recipe.DigitsTask;
import org.hyperhypo.experiments.recipe.FolderTask;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.recipe.Task;
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
    public Integer call() throws Exception {
        activations.forEach(Architecture::function);
        if (activations.stream().distinct().count() < Math.max(2, activations.size())) {
            throw new UserError("--activations " + String.join(",", activations) + ": give two or more different ones to compare");
        }
        return run.sharing.run(spec.commandLine(), this::runAll);
    }

    private int runAll(SharingOptions.Member member) throws IOException {
        Path root = run.out != null ? run.out : Path.of("runs", spec.name());
        RunGroup group = new RunGroup(root, activations);
        if (member.ranks().first()) {
            group.write();
        }
        double scale = run.fcScale.factor;
        int code = 0;
        for (String activation : activations) {
            run.out = root.resolve(activation);
            run.network.activation = activation;
            run.fcScale.factor = activation.equals("sigmoid") ? scale : 1;
            Task task = data == null ? new DigitsTask(SyntheticDigits.Options.standard(run.seed.seed))
                    : new FolderTask(data, surroundings.noise, surroundings.rooms, run.size.full);
            RecipeOptions base = data == null ? RecipeOptions.standard() : RecipeOptions.recorded();
            code = Math.max(code, run.run(task, run.options(base), spec, member.staying()));
        }
        member.ranks().leave().run();
        if (member.ranks().first() && run.sharing.share() == null) {
            spec.commandLine().getOut().print(group.table());
        }
        return code;
    }
}
