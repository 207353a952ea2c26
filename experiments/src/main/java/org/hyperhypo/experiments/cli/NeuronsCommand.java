package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.Criterion;
import org.hyperhypo.experiments.neurons.Evidence;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.neurons.NeuronCards;
import org.hyperhypo.experiments.neurons.NeuronTable;
import org.hyperhypo.experiments.neurons.PassTime;
import org.hyperhypo.experiments.neurons.Shift;
import org.hyperhypo.experiments.neurons.StatisticsFile;
import org.hyperhypo.experiments.neurons.Weights;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.report.NeuronReport;
import org.hyperhypo.experiments.train.AlignmentFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// How active the neurons are, and which of them are hyper and hypo.
@Command(name = "neurons", mixinStandardHelpOptions = true,
        description = {"Finds the hyper and hypo neurons of a model: those that are active on nearly all, or on nearly no frames.",
            "Writes OUT/neurons.csv (every hidden FC neuron with every criterion), OUT/neurons.safetensors (the same numbers, histograms and",
            "state means in double precision), OUT/neurons.html (pictures) and, when asked, masks for prune."},
        footer = {"", "Examples:", "  hyperhypo neurons model.safetensors features/dev neurons \\",
            "      --threshold 0.05,0.95 --mask saturated.safetensors",
            "  hyperhypo neurons model.safetensors features/dev neurons \\",
            "      --alignment align/dev/alignment.txt --target features/noisy --ablation 512",
            "  hyperhypo neurons model.safetensors features/dev neurons \\",
            "      --criterion out_norm --share 0.2 --mask smallest.safetensors"})
final class NeuronsCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "FEATURES", description = "Folder of features to measure on.")
    private Path features;

    @Parameters(index = "2", paramLabel = "OUT", description = "Folder to write.")
    private Path out;

    /// One rule or the other.
    private static final class Rule {
        @Option(names = "--share", paramLabel = "P",
                description = "The share of each layer that is least active is hypo, that which is most active is hyper (default: the recipe's).")
        private Double share;

        @Option(names = "--threshold", paramLabel = "LOW,HIGH",
                description = "Active on at most this share of the frames: hypo; on at least that: hyper.")
        private Numbers threshold;

        @Option(names = "--deviations", paramLabel = "K",
                description = "Activity rate at least K standard deviations of the layer's rates below their mean: hypo; above: hyper.")
        private Double deviations;
    }

    @ArgGroup
    private Rule rule = new Rule();

    @Option(names = "--alignment", paramLabel = "FILE",
            description = "State of every frame, as align writes it (default: the state the model itself finds most probable).")
    private Path alignment;

    @Option(names = "--target", paramLabel = "FEATURES", description = "The same speech in another domain: how far each neuron's activity shifts.")
    private Path target;

    @Option(names = "--initial", paramLabel = "MODEL", description = "The model before training: how active each neuron was, how far its row moved.")
    private Path initialFile;

    @Option(names = "--sample", paramLabel = "N", description = "Frames for gradients and correlations, 0 for none (default: ${DEFAULT-VALUE}).")
    private int sampled = Evidence.Effort.STANDARD.sampled();

    @Option(names = "--ablation", defaultValue = "0", paramLabel = "N",
            description = "Frames on which every neuron is left out once, 0 for none (default: ${DEFAULT-VALUE}).")
    private int ablated;

    @Option(names = "--time", description = "Also time the forward pass with and without the statistics, on one thread.")
    private boolean time;

    @Option(names = "--criterion", paramLabel = "NAME",
            description = "Save the share of each layer with the smallest value of this criterion as --mask, instead of hypo and hyper. One of: "
                    + "any column of neurons.csv from activity_rate to divergence.")
    private String criterion;

    @Option(names = "--hypo", paramLabel = "FILE", description = "Save the hypo neurons as a mask.")
    private Path hypo;

    @Option(names = "--hyper", paramLabel = "FILE", description = "Save the hyper neurons as a mask.")
    private Path hyper;

    @Option(names = "--mask", paramLabel = "FILE", description = "Save both as one mask.")
    private Path both;

    @Spec
    private CommandSpec spec;

    @Mixin
    private MpiOptions.Joined mpi;

    @Override
    public Integer call() throws Exception {
        return mpi.run(spec.commandLine(), this::measure);
    }

    private int measure(MpiOptions.Ranks ranks) throws IOException {
        checkOptions();
        Criterion chosen = criterion == null ? null : Criterion.of(criterion);
        AcousticModel model = ModelFiles.load(modelFile);
        FeatureSet set = Inputs.features(features, model);
        Outputs.folder(out);
        Network network = model.network();
        int[] labels = alignment == null ? null : AlignmentFile.read(alignment, set, model.states()).perFrame();
        Evidence evidence = Evidence.measure(network, model.splice(set), set.starts(), labels, new Evidence.Effort(sampled, ablated), ranks.peers());
        if (target != null) {
            FeatureSet other = Inputs.features(target, model);
            evidence = evidence.with(new Shift(evidence.stats(), ActivationStats.over(network, model.splice(other), ranks.peers())));
        }
        NeuronTable.Initial initial = initial(network, model, set, ranks);
        ranks.leave().run();
        if (!ranks.first()) {
            return 0;
        }
        HyperHypo selected = select(network, evidence.stats());
        write(model, set, labels, evidence, initial, selected);
        save(selected.hypo(), hypo, "hypo: " + rule(), network);
        save(selected.hyper(), hyper, "hyper: " + rule(), network);
        if (chosen == null) {
            save(selected.both(), both, "hypo and hyper: " + rule(), network);
        } else {
            save(HyperHypo.lowest(network.spec(), evidence, chosen, share()), both, "lowest " + Csv.number(share()) + " of each layer by " + chosen.label(),
                    network);
        }
        print(evidence, selected, set);
        if (time) {
            spec.commandLine().getOut().println(PassTime.measure(network, model.splice(set)).inWords());
        }
        return 0;
    }

    private NeuronTable.Initial initial(Network network, AcousticModel model, FeatureSet set, MpiOptions.Ranks ranks) throws IOException {
        if (initialFile == null) {
            return NeuronTable.Initial.UNKNOWN;
        }
        Network before = ModelFiles.load(initialFile).network();
        if (!before.spec().equals(network.spec())) {
            throw new UserError(initialFile + ": has other layers than " + modelFile + "; give the network that training started from");
        }
        return new NeuronTable.Initial(before, ActivationStats.over(before, model.splice(set), ranks.peers()));
    }

    private void write(AcousticModel model, FeatureSet set, int[] labels, Evidence evidence, NeuronTable.Initial initial, HyperHypo selected)
            throws IOException {
        Network network = model.network();
        Csv neurons = new Csv(NeuronTable.columns());
        NeuronTable.add(neurons, 1, evidence, initial, selected, HyperHypo.middle(network.spec(), evidence.stats(), selected.both()));
        Csv cards = new Csv(NeuronCards.COLUMNS);
        int[] states = labels != null ? labels : java.util.stream.IntStream.range(0, set.frames()).map(t -> -1).toArray();
        NeuronCards.add(cards, 1, model, set, states, evidence.activity());
        neurons.write(out.resolve("neurons.csv"));
        cards.write(out.resolve("cards.csv"));
        StatisticsFile.write(out.resolve("neurons.safetensors"), evidence, Map.of("model", network.hash(), "data", features.toString(), "frames",
                String.valueOf(set.frames()), "states", labels == null ? "by the model itself" : alignment.toString()));
        NeuronReport.write(out.resolve("neurons.html"), modelFile + " on " + features, rule(), neurons, cards);
    }

    private HyperHypo select(Network network, ActivationStats stats) {
        if (rule.threshold != null) {
            return HyperHypo.byThreshold(network.spec(), stats, rule.threshold.values()[0], rule.threshold.values()[1]);
        }
        return rule.deviations != null ? HyperHypo.byDeviation(network.spec(), stats, rule.deviations)
                : HyperHypo.byActivity(network.spec(), stats, share());
    }

    private double share() {
        return rule.share != null ? rule.share : RecipeOptions.standard().tailShare();
    }

    private void checkOptions() {
        Numbers limits = rule.threshold;
        if (limits != null && (limits.count() != 2 || !(0 <= limits.values()[0] && limits.values()[0] < limits.values()[1] && limits.values()[1] <= 1))) {
            throw new ParameterException(spec.commandLine(), "--threshold " + limits + ": needs two shares of the frames, the lower first, for instance 0.05,0.95");
        }
        if (sampled < 0 || ablated < 0) {
            throw new ParameterException(spec.commandLine(), "--sample " + sampled + ", --ablation " + ablated + ": numbers of frames, 0 or more");
        }
    }

    private String rule() {
        if (rule.threshold != null) {
            return "activity rate at most " + Csv.number(rule.threshold.values()[0]) + " or at least " + Csv.number(rule.threshold.values()[1]);
        }
        return rule.deviations != null ? "activity rate " + Csv.number(rule.deviations) + " standard deviations or more from the layer's mean"
                : "lowest and highest " + Csv.number(share()) + " of each layer by activity rate";
    }

    private void save(NeuronMask mask, Path file, String which, Network network) throws IOException {
        if (file != null) {
            mask.save(Outputs.file(file), new NeuronMask.Provenance(network.hash(), which, features.toString(), 0));
        }
    }

    private void print(Evidence evidence, HyperHypo selected, FeatureSet set) {
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println(rule() + ", over " + set.frames() + " frames");
        terminal.println("layer    width   hypo  hyper  mean rate  diversity");
        for (ActivationStats.Layer layer : evidence.stats().layers()) {
            double rates = java.util.stream.IntStream.range(0, layer.neurons()).mapToDouble(layer::rate).average().orElse(Double.NaN);
            row(terminal, layer.name(), layer.neurons(), selected.hypo().count(layer.name()), selected.hyper().count(layer.name()),
                    String.format(Locale.ROOT, "%11.3f%11.3f", rates, Weights.diversity(evidence.network(), layer.name())));
        }
        List<ActivationStats.Layer> layers = evidence.stats().layers();
        row(terminal, "all", layers.stream().mapToInt(ActivationStats.Layer::neurons).sum(), selected.hypo().count(), selected.hyper().count(), "");
        if (selected.both().count() == 0) {
            terminal.println("no neuron is hypo or hyper by this rule; try --share");
        }
        terminal.println(out + ": neurons.csv, neurons.safetensors, cards.csv, neurons.html");
    }

    private static void row(PrintWriter terminal, String name, int width, int hypo, int hyper, String rate) {
        terminal.printf(Locale.ROOT, "%-8s %5d %6d %6d%s%n", name, width, hypo, hyper, rate);
    }
}
