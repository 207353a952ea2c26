package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.prune.Compaction;
import org.hyperhypo.experiments.prune.NoiseFrames;
import org.hyperhypo.experiments.prune.Removal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Takes neurons out of a model.
@Command(name = "prune", mixinStandardHelpOptions = true,
        description = {"Removes the neurons of a mask and prints what that saves in size and time.",
            "In OUT they stay with closed gates; --compacted FILE is the network without them. The outputs are the same."},
        footer = {"", "Example:",
            "  hyperhypo prune model.safetensors saturated.safetensors pruned.safetensors \\", "      --mode mean-fold --features features/dev --compacted smaller.safetensors"})
final class PruneCommand implements Callable<Integer> {
    private static final int NOISE = 256;

    @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "MASK", description = "Neurons to remove, as neurons saves them.")
    private Path maskFile;

    @Parameters(index = "2", paramLabel = "OUT", description = "Model file to write, gates closed.")
    private Path out;

    @Option(names = "--mode", defaultValue = "zero", paramLabel = "HOW",
            description = "zero (outputs become 0) or mean-fold (mean outputs move into the next layer's biases) (default: ${DEFAULT-VALUE}).")
    private Removal mode;

    @Option(names = "--features", paramLabel = "FEATURES",
            description = "Folder of features: the means for mean-fold, and the speech to time on (default: made-up frames).")
    private Path features;

    @Option(names = "--compacted", paramLabel = "FILE", description = "Also write the network without the neurons.")
    private Path compacted;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (mode == Removal.MEAN_FOLD && features == null) {
            throw new UserError("--mode mean-fold needs the neurons' mean outputs: give the speech to measure them on with --features");
        }
        AcousticModel model = ModelFiles.load(modelFile);
        NeuronMask.Saved mask = NeuronMask.load(maskFile);
        Network network = model.network();
        if (!mask.provenance().modelHash().equals(network.hash())) {
            spec.commandLine().getErr().println("hyperhypo: " + maskFile + " was made from another model than " + modelFile
                    + "; its neurons are removed as numbered");
        }
        FrameSource frames = features == null ? new NoiseFrames(NOISE, network.spec().input().size(), 1)
                : model.splice(Inputs.features(features, model));
        Outputs.file(out);
        if (compacted != null) {
            Outputs.file(compacted);
        }
        Network masked = mode == Removal.ZERO ? network.withClosedGates(mask.mask())
                : mode.apply(network, mask.mask(), ActivationStats.over(network, frames));
        Compaction.Result result = Compaction.measure(network, masked, frames);
        ModelFiles.save(model.with(masked), out);
        if (compacted != null) {
            ModelFiles.save(model.with(result.compacted()), compacted);
        }
        print(mask, result);
        return 0;
    }

    private void print(NeuronMask.Saved mask, Compaction.Result result) {
        PrintWriter terminal = spec.commandLine().getOut();
        String layers = mask.mask().layers().stream().filter(layer -> mask.mask().count(layer) > 0)
                .map(layer -> layer + " " + mask.mask().count(layer) + "/" + mask.mask().neurons(layer)).collect(Collectors.joining(", "));
        terminal.println("removed     " + mask.mask().count() + " neurons, " + mode.label() + (layers.isEmpty() ? "" : ": " + layers));
        terminal.println("chosen by   " + mask.provenance().criterion() + " on " + mask.provenance().data());
        row("parameters", "%,.0f", result.parametersBefore(), result.parametersAfter());
        row("operations", "%,.0f", result.flopsBefore(), result.flopsAfter());
        row("time", "%.1f µs", result.microsBefore(), result.microsAfter());
        terminal.println("            operations and time are per frame; time: median of batches of frames on one thread");
        terminal.printf(Locale.ROOT, "difference  at most %.1e in a log posterior between closed and compacted%n", result.maxDifference());
        terminal.println(out + ": gates closed, full size");
        terminal.println(compacted == null ? "--compacted FILE writes the network without the neurons" : compacted + ": without the neurons");
    }

    private void row(String name, String format, double before, double after) {
        spec.commandLine().getOut().printf(Locale.ROOT, "%-11s " + format + " -> " + format + " (%+.1f %%)%n", name, before, after,
                100 * (after - before) / before);
    }
}
