package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronLayer;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.adapt.Adaptation;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.FirstPass;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Layers;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.report.Csv;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Carries a model to another domain without transcripts.
@Command(name = "adapt", mixinStandardHelpOptions = true,
        description = {"Adapts a model to speech without transcripts.",
            "Decodes the speech, trusts the best of what was heard, and trains the neurons of an arm on it.",
            "Arms:", "  A0   nothing", "  A1   everything                  A9  the same, as many epochs as A7",
            "  A2   all hidden FC neurons, at a small rate", "  A3   random neurons, as many as A6",
            "  A6   hyper and hypo neurons      A6m  middle neurons, as many",
            "  A7   hyper and hypo neurons, then everything", "  A8   random neurons, then everything"},
        footer = {"", "Example:",
            "  hyperhypo adapt model.safetensors features/noisy adapted.safetensors \\", "      --lexicon lexicon.txt --arm A7"})
final class AdaptCommand implements Callable<Integer> {
    private static final Arm.Budget BUDGET = RecipeOptions.standard().arms();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "FEATURES", description = "Folder of features of the new domain; its transcripts are not looked at.")
    private Path features;

    @Parameters(index = "2", paramLabel = "OUT", description = "Model file to write.")
    private Path out;

    @Option(names = "--arm", defaultValue = "A7", paramLabel = "ARM", description = "Which neurons learn, see above (default: ${DEFAULT-VALUE}).")
    private String arm;

    @Option(names = "--draw", defaultValue = "0", paramLabel = "N", description = "Which random neurons, in A3 and A8 (default: ${DEFAULT-VALUE}).")
    private int draw;

    @Option(names = "--rates", paramLabel = "X,Y,Z",
            description = "Learning rates of everything, of chosen neurons, and of all hidden neurons in A2 (default: ${DEFAULT-VALUE}).")
    private Numbers rates = new Numbers(BUDGET.fullRate(), BUDGET.selectedRate(), BUDGET.denseRate());

    @Option(names = "--epochs", paramLabel = "N,M",
            description = "Passes over the trusted frames in the first and in the second stage (default: ${DEFAULT-VALUE}).")
    private Numbers epochs = new Numbers(BUDGET.firstEpochs(), BUDGET.secondEpochs());

    @Mixin
    private TailOption tail;

    @Mixin
    private TrustOptions trust;

    @Mixin
    private LexiconOption lexicon;

    @Mixin
    private DecodingOptions decoding;

    @Mixin
    private SeedOption seed;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private MpiOptions mpi;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        return mpi.run(spec.commandLine(), this::adapt);
    }

    private int adapt(MpiOptions.Ranks ranks) throws IOException {
        Arm chosen = arm();
        AcousticModel model = ModelFiles.load(modelFile);
        var recognizer = decoding.recognizer(model, lexicon.read(model, modelFile));
        FeatureSet set = Inputs.features(features, model);
        Outputs.file(out);

        FirstPass pass = FirstPass.of(model, recognizer, set);
        boolean[] trusted = pass.trusted(trust.measure, trust.share);
        int[] labels = pass.labels(trusted);
        printFirstPass(pass, trusted, labels);
        RecipeOptions.Training training = RecipeOptions.standard().adaptation();
        Adaptation adaptation = new Adaptation(model.network(), model.splice(set), labels,
                new Adaptation.Options(tail.share, training.momentum(), training.batch(), training.share(), seed.seed, mpi.shards()),
                ranks.peers());
        Callable<Adaptation.Outcome> job = () -> adaptation.run(chosen, draw);
        Adaptation.Outcome outcome = Jobs.run(threads.count(), List.of(job)).getFirst();
        ranks.leave().run();
        if (!ranks.first()) {
            return 0;
        }
        ModelFiles.save(model.with(outcome.network()), out);
        printStages(chosen, adaptation, model.network().spec(), outcome);
        return 0;
    }

    private Arm arm() {
        double[] rate = values("--rates", rates, BUDGET.fullRate(), BUDGET.selectedRate(), BUDGET.denseRate());
        double[] passes = values("--epochs", epochs, BUDGET.firstEpochs(), BUDGET.secondEpochs());
        if (passes[0] != Math.rint(passes[0]) || passes[1] != Math.rint(passes[1])) {
            throw new ParameterException(spec.commandLine(), "--epochs " + epochs + ": whole numbers are needed, for instance 3,3");
        }
        List<Arm> arms = Arm.standard(new Arm.Budget(rate[0], rate[1], rate[2], (int) passes[0], (int) passes[1], 1));
        return arms.stream().filter(candidate -> candidate.id().equalsIgnoreCase(arm)).findFirst()
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "--arm " + arm + " is not known; choose one of "
                        + arms.stream().map(Arm::id).collect(Collectors.joining(", "))));
    }

    private double[] values(String option, Numbers given, double... example) {
        if (given.count() != example.length) {
            throw new ParameterException(spec.commandLine(), option + " " + given + ": " + given.count() + " numbers, " + example.length
                    + " are needed, for instance " + new Numbers(example));
        }
        return given.values();
    }

    private void printFirstPass(FirstPass pass, boolean[] trusted, int[] labels) {
        long frames = Arrays.stream(labels).filter(label -> label >= 0).count();
        if (frames == 0) {
            throw new UserError(features + ": no word was heard in the trusted utterances; try another --scale or --penalty, or a larger --trust");
        }
        int utterances = 0;
        for (boolean one : trusted) {
            utterances += one ? 1 : 0;
        }
        spec.commandLine().getOut().printf(Locale.ROOT, "first pass  %d words heard in %d utterances; trusted %d of them by %s, %.1f %% of the frames%n",
                pass.hypotheses().stream().mapToInt(hypothesis -> hypothesis.words().size()).sum(), trusted.length, utterances,
                trust.measure.label(), 100.0 * frames / labels.length);
    }

    private void printStages(Arm chosen, Adaptation adaptation, NetworkSpec network, Adaptation.Outcome outcome) {
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println("arm         " + chosen.id() + ": " + chosen.description());
        int number = 0;
        for (Arm.Stage stage : chosen.stages()) {
            NeuronMask mask = adaptation.mask(stage.trained(), draw);
            long parameters = Layers.parameters(network, mask);
            terminal.printf(Locale.ROOT, "stage %d     epochs %d, rate %s, trains %,d of %,d parameters (%.1f %%)%n", ++number, stage.epochs(),
                    Csv.number(stage.rate()), parameters, network.parameterCount(), 100.0 * parameters / network.parameterCount());
            terminal.println("            neurons that learn: " + network.neuronLayers().stream().map(layer -> share(layer, mask))
                    .collect(Collectors.joining(", ")));
        }
        terminal.println(out + (chosen.stages().isEmpty() ? ": the model as it was" : String.format(Locale.ROOT, ": adapted in %.1f s", outcome.seconds())));
    }

    private static String share(NeuronLayer layer, NeuronMask mask) {
        return String.format(Locale.ROOT, "%s %.0f %%", layer.name(), 100 * mask.share(layer.name()));
    }
}
