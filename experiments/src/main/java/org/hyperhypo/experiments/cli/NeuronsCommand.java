package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.neurons.NeuronTable;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.report.Csv;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// How active the neurons are, and which of them are hyper and hypo.
@Command(name = "neurons", mixinStandardHelpOptions = true,
        description = {"Finds the hyper and hypo neurons of a model: those that are active on nearly all, or on nearly no frames.",
            "Writes a table of the activity of every hidden FC neuron and, when asked, masks for prune."},
        footer = {"", "Example:", "  hyperhypo neurons model.safetensors features/dev neurons.csv \\",
            "      --threshold 0.05,0.95 --mask saturated.safetensors"})
final class NeuronsCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "FEATURES", description = "Folder of features to measure on.")
    private Path features;

    @Parameters(index = "2", paramLabel = "OUT.csv", description = "Table to write: one row a neuron.")
    private Path out;

    /// One criterion or the other.
    private static final class Criterion {
        @Option(names = "--share", paramLabel = "P",
                description = "The share of each layer that is least active is hypo, that which is most active is hyper (default: the recipe's).")
        private Double share;

        @Option(names = "--threshold", paramLabel = "LOW,HIGH",
                description = "Active on at most this share of the frames: hypo; on at least that: hyper.")
        private Numbers threshold;
    }

    @ArgGroup
    private Criterion criterion = new Criterion();

    @Option(names = "--hypo", paramLabel = "FILE", description = "Save the hypo neurons as a mask.")
    private Path hypo;

    @Option(names = "--hyper", paramLabel = "FILE", description = "Save the hyper neurons as a mask.")
    private Path hyper;

    @Option(names = "--mask", paramLabel = "FILE", description = "Save both as one mask.")
    private Path both;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        checkThreshold();
        AcousticModel model = ModelFiles.load(modelFile);
        FeatureSet set = Inputs.features(features, model);
        Outputs.file(out);
        Network network = model.network();
        ActivationStats stats = ActivationStats.over(network, model.splice(set));
        HyperHypo selected = criterion.threshold == null ? HyperHypo.byActivity(network.spec(), stats, share())
                : HyperHypo.byThreshold(network.spec(), stats, low(), high());
        Csv table = new Csv(NeuronTable.COLUMNS);
        NeuronTable.add(table, 1, network, stats, null, null, selected, HyperHypo.middle(network.spec(), stats, selected.both()));
        table.write(out);
        save(selected.hypo(), hypo, "hypo", network);
        save(selected.hyper(), hyper, "hyper", network);
        save(selected.both(), both, "hypo and hyper", network);
        print(stats, selected, set);
        return 0;
    }

    private double share() {
        return criterion.share != null ? criterion.share : RecipeOptions.standard().tailShare();
    }

    private double low() {
        return criterion.threshold.values()[0];
    }

    private double high() {
        return criterion.threshold.values()[1];
    }

    private void checkThreshold() {
        Numbers limits = criterion.threshold;
        if (limits != null && (limits.count() != 2 || !(0 <= low() && low() < high() && high() <= 1))) {
            throw new ParameterException(spec.commandLine(), "--threshold " + limits + ": needs two shares of the frames, the lower first, for instance 0.05,0.95");
        }
    }

    private String criterion() {
        return criterion.threshold == null ? "lowest and highest " + Csv.number(share()) + " of each layer by activity rate"
                : "activity rate at most " + Csv.number(low()) + " or at least " + Csv.number(high());
    }

    private void save(NeuronMask mask, Path file, String which, Network network) throws IOException {
        if (file != null) {
            mask.save(Outputs.file(file), new NeuronMask.Provenance(network.hash(), which + ": " + criterion(), features.toString(), 0));
        }
    }

    private void print(ActivationStats stats, HyperHypo selected, FeatureSet set) {
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println(criterion() + ", over " + set.frames() + " frames");
        terminal.println("layer    width   hypo  hyper  mean rate");
        for (ActivationStats.Layer layer : stats.layers()) {
            double rates = java.util.stream.IntStream.range(0, layer.neurons()).mapToDouble(layer::rate).average().orElse(Double.NaN);
            row(terminal, layer.name(), layer.neurons(), selected.hypo().count(layer.name()), selected.hyper().count(layer.name()),
                    String.format(Locale.ROOT, "%11.3f", rates));
        }
        List<ActivationStats.Layer> layers = stats.layers();
        row(terminal, "all", layers.stream().mapToInt(ActivationStats.Layer::neurons).sum(), selected.hypo().count(), selected.hyper().count(), "");
    }

    private static void row(PrintWriter terminal, String name, int width, int hypo, int hyper, String rate) {
        terminal.printf(Locale.ROOT, "%-8s %5d %6d %6d%s%n", name, width, hypo, hyper, rate);
    }
}
