package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronLayer;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.adapt.Adaptation;
import org.hyperhypo.experiments.adapt.AdaptationPlan;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.DecodeAdapt;
import org.hyperhypo.experiments.adapt.FirstPass;
import org.hyperhypo.experiments.adapt.SourceActivity;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
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
            "  A2   all hidden FC neurons       A2.conv, A2.first, A2.last, A2.out  convolutions, first or last FC layer, outputs",
            "  A3   random neurons, as many as A6", "  A4   hypo neurons                A5   hyper neurons",
            "  A6   hyper and hypo neurons      A6m  middle neurons, as many",
            "  A7   hyper and hypo neurons, then everything", "  A8   random neurons, then everything",
            "  A10  middle neurons, then everything", "  A11  hyper and hypo neurons removed, then everything",
            "  A12  a scale for every hidden FC neuron (LHUC)", "  A12.A6  the same for hyper and hypo neurons alone",
            "  A13.A1, A13.A7  A1 and A7 held near the model as it was (KLD)", "  A14  scales as in A12, and biases, by making the posteriors sure, without labels",
            "  A15.A1, A15.A6, A15.A7  with the transcripts of FEATURES: the upper bound"},
        footer = {"", "Example:",
            "  hyperhypo adapt model.safetensors features/noisy adapted.safetensors \\", "      --lexicon lexicon.txt --arm A7"})
final class AdaptCommand implements Callable<Integer> {
    private static final AdaptationPlan PLAN = RecipeOptions.standard().arms();
    private static final Arm.Budget BUDGET = PLAN.budget();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "FEATURES", description = "Folder of features of the new domain; only A15 looks at its transcripts.")
    private Path features;

    @Parameters(index = "2", paramLabel = "OUT", description = "Model file to write.")
    private Path out;

    @Option(names = "--arm", defaultValue = "A7", paramLabel = "ARM", description = "Which neurons learn, see above (default: ${DEFAULT-VALUE}).")
    private String arm;

    @Option(names = "--draw", defaultValue = "0", paramLabel = "N", description = "Which random neurons, in A3 and A8 (default: ${DEFAULT-VALUE}).")
    private int draw;

    @Option(names = "--rates", paramLabel = "X,Y", description = "Learning rate of every stage of the arm (default: those of the recipe).")
    private Numbers rates;

    @Option(names = "--epochs", paramLabel = "N,M",
            description = "Passes over the trusted frames in the first and in the second stage (default: ${DEFAULT-VALUE}).")
    private Numbers epochs = new Numbers(BUDGET.firstEpochs(), BUDGET.secondEpochs());

    @Option(names = "--source", paramLabel = "FEATURES", description = "Speech of the domain that the model was trained on, for --measure activation_entropy.")
    private Path source;

    @Option(names = "--rounds", paramLabel = "N",
            description = "Rounds of decoding and adapting: from the second on, with the words that the adapted model hears (default: ${DEFAULT-VALUE}).")
    private int rounds = PLAN.rounds();

    @Option(names = "--kld", paramLabel = "P", description = "How far A13 draws its targets towards the model as it was, 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double kld = PLAN.kld();

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
        if (trust.measure == UtteranceSelection.Measure.ACTIVATION_ENTROPY && source == null) {
            throw new ParameterException(spec.commandLine(), "--measure activation_entropy: compares with source speech; give its features with --source");
        }
        AcousticModel model = ModelFiles.load(modelFile);
        Lexicon words = lexicon.read(model, modelFile);
        var recognizer = decoding.recognizer(model, words);
        FeatureSet set = Inputs.features(features, model);
        Outputs.file(out);

        FirstPass pass = FirstPass.of(model, recognizer, set);
        UtteranceSelection.Trust believed = new UtteranceSelection.Trust(trust.measure, trust.share,
                source == null ? null : SourceActivity.of(model, Inputs.features(source, model)));
        boolean[] trusted = pass.trusted(believed);
        int[] labels = pass.labels(trusted);
        printFirstPass(pass, trusted, labels);
        RecipeOptions.Training training = RecipeOptions.standard().adaptation();
        DecodeAdapt adaptation = new DecodeAdapt(model, recognizer, pass, believed, chosen.needsReference() ? reference(pass, trusted, words, model) : null,
                rounds, new Adaptation.Options(tail.share, training.momentum(), training.batch(), training.share(), kld, seed.seed, mpi.shards()), ranks.peers());
        Callable<Adaptation.Outcome> job = () -> adaptation.run(chosen, draw);
        Adaptation.Outcome outcome = Jobs.run(threads.count(), List.of(job)).getFirst();
        ranks.leave().run();
        if (!ranks.first()) {
            return 0;
        }
        ModelFiles.save(model.with(outcome.network()), out);
        printStages(chosen, adaptation.adaptation(), model.network().spec(), outcome);
        return 0;
    }

    private Arm arm() {
        double[] passes = values("--epochs", epochs, BUDGET.firstEpochs(), BUDGET.secondEpochs());
        if (passes[0] != Math.rint(passes[0]) || passes[1] != Math.rint(passes[1])) {
            throw new ParameterException(spec.commandLine(), "--epochs " + epochs + ": whole numbers are needed, for instance 3,3");
        }
        if (!(kld >= 0 && kld <= 1)) {
            throw new ParameterException(spec.commandLine(), "--kld " + kld + ": must lie between 0 and 1");
        }
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds " + rounds + ": at least 1 is needed");
        }
        List<Arm> arms = Arm.all(new Arm.Budget(BUDGET.rates(), (int) passes[0], (int) passes[1], 1));
        Arm known = arms.stream().filter(candidate -> candidate.id().equalsIgnoreCase(arm)).findFirst()
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "--arm " + arm + " is not known; choose one of "
                        + arms.stream().map(Arm::id).collect(Collectors.joining(", "))));
        return rates == null ? known : known.withRates(values("--rates", rates, known.rates()));
    }

    private static int[] reference(FirstPass pass, boolean[] trusted, Lexicon words, AcousticModel model) {
        return pass.labels(trusted, pass.reference(words, model.states(), RecipeOptions.standard().search().alignmentScale()));
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
            switch (stage.change()) {
                case REMOVED -> terminal.printf(Locale.ROOT, "stage %d     takes %,d neurons out, their means folded into the layers above%n", ++number, mask.count());
                case SCALES, SCALES_AND_BIASES_BY_ENTROPY -> terminal.printf(Locale.ROOT, "stage %d     epochs %d, rate %s, trains %,d scales%s, no weights%n", ++number,
                        stage.epochs(), Csv.number(stage.rate()), mask.count(), stage.change() == Arm.Change.SCALES ? "" : " and as many biases");
                default -> terminal.printf(Locale.ROOT, "stage %d     epochs %d, rate %s, trains %,d of %,d parameters (%.1f %%)%n", ++number, stage.epochs(),
                        Csv.number(stage.rate()), parameters, network.parameterCount(), 100.0 * parameters / network.parameterCount());
            }
            terminal.println((stage.change() == Arm.Change.REMOVED ? "            neurons that go: " : "            neurons that learn: ") + network.neuronLayers().stream().map(layer -> share(layer, mask))
                    .collect(Collectors.joining(", ")));
        }
        terminal.println(out + (chosen.stages().isEmpty() ? ": the model as it was" : String.format(Locale.ROOT, ": adapted in %.1f s", outcome.seconds())));
    }

    private static String share(NeuronLayer layer, NeuronMask mask) {
        return String.format(Locale.ROOT, "%s %.0f %%", layer.name(), 100 * mask.share(layer.name()));
    }
}
