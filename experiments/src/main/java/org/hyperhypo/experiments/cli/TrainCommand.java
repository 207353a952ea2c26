package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.hmm.StateFile;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.engine.EpochReport;
import org.hyperhypo.engine.Trainer;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureFolder;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.train.AlignmentFile;
import org.hyperhypo.experiments.train.ModelTraining;
import org.hyperhypo.experiments.train.Tuning;
import org.hyperhypo.experiments.train.UpdateRule;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// An acoustic model from aligned speech.
@Command(name = "train", mixinStandardHelpOptions = true,
        description = {"Trains an acoustic model on aligned features.",
            "From the middle on the learning rate is halved every epoch."},
        footer = {"", "Example:", "  hyperhypo train features/train align/train model.safetensors \\",
            "      --lexicon lexicon.txt --dev features/dev --dev-alignment align/dev",
            "On four machines: mpirun -n 4 ... hyperhypo train ... --mpi"})
final class TrainCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FEATURES", description = "Folder of features.")
    private Path features;

    @Parameters(index = "1", paramLabel = "ALIGNMENT", description = "State numbers as align writes them: alignment.txt or its folder.")
    private Path alignment;

    @Parameters(index = "2", paramLabel = "MODEL", description = "Model file to write (safetensors).")
    private Path modelFile;

    /// Speech to report on; both or none.
    private static final class HeldOut {
        @Option(names = "--dev", required = true, paramLabel = "FEATURES", description = "Speech to report loss and accuracy on after every epoch.")
        private Path features;

        @Option(names = "--dev-alignment", required = true, paramLabel = "ALIGNMENT", description = "Its states.")
        private Path alignment;
    }

    @ArgGroup(exclusive = false)
    private HeldOut dev;

    @Option(names = "--untuned", description = "Leave the decoder as it is; otherwise acoustic scale and word penalty are chosen on the --dev speech"
            + " (with a loop of the lexicon's words) and kept with the model.")
    private boolean untuned;

    @Mixin
    private LexiconOption lexicon;

    @Mixin
    private NetworkOptions network;

    @Mixin
    private FcScaleOption fcScale;

    @Option(names = "--optimizer", defaultValue = "momentum", paramLabel = "NAME",
            description = "sgd, momentum (SGD with --momentum) or adam, which wants a --rate near 0.001 (default: ${DEFAULT-VALUE}).")
    private UpdateRule rule;

    @Mixin
    private SgdOptions sgd = new SgdOptions(RecipeOptions.standard().training());

    @Mixin
    private SeedOption seed;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private CheckpointOptions checkpoints;

    @Mixin
    private MpiOptions mpi;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        return mpi.run(spec.commandLine(), this::train);
    }

    private int train(MpiOptions.Ranks ranks) throws IOException {
        Path named = (Files.isDirectory(alignment) ? alignment : alignment.toAbsolutePath().getParent()).resolve("states.txt");
        StateInventory states = Files.exists(named) ? StateFile.read(named) : LexiconOption.states(lexicon.read());
        FeatureFolder.Contents contents = Inputs.features(features);
        AcousticModel start = network.architecture().untrained(contents.settings(), states, fcScale.factor, seed.seed);
        ModelTraining.Labelled train = labelled(contents.set(), alignment, states);
        ModelTraining.Labelled heldOut = dev == null ? null : labelled(Inputs.features(dev.features, start), dev.alignment, states);
        Outputs.file(modelFile);

        ModelTraining.Options options = new ModelTraining.Options(rule.optimizer(sgd.momentum), sgd.epochs, sgd.rate, sgd.batch, sgd.share,
                seed.seed, mpi.shards());
        Trainer.Execution execution = checkpoints.execution().withPeers(ranks.peers());
        ModelTraining.Result result;
        try (Progress progress = ranks.progress(); Progress.Stage stage = progress.stage("training", sgd.epochs)) {
            Callable<ModelTraining.Result> job = () -> ModelTraining.run(start, train, heldOut, options, execution, step -> {
                stage.note(String.format(Locale.ROOT, "loss %.3f", step.loss()));
                stage.step(step.step() == step.steps() ? 1 : 0);
            });
            result = Jobs.run(threads.count(), List.of(job)).getFirst();
        }
        ranks.leave().run();
        if (!ranks.first()) {
            return 0;
        }
        AcousticModel tuned = heldOut == null || untuned ? result.model() : tuned(result.model(), heldOut.set());
        ModelFiles.save(tuned, modelFile);
        checkpoints.remove();
        print(result);
        return 0;
    }

    /// Acoustic scale and word penalty for a loop of the lexicon's words, kept with the model.
    private AcousticModel tuned(AcousticModel model, FeatureSet speech) {
        if (speech.words() == 0) {
            return model;
        }
        RecipeOptions.Search search = RecipeOptions.standard().search();
        Tuning.Point best = Tuning.sweep(DecodingGraph.wordLoop(model.states(), lexicon.read(model, modelFile)),
                List.of(new Tuning.Speech(speech, model.score(speech))), search.scales(), search.penalties(), search.beam(), search.maxActive())
                .stream().filter(Tuning.Point::chosen).findFirst().orElseThrow();
        spec.commandLine().getOut().printf(Locale.ROOT, "tuned on %s: scale %s, penalty %s, %s%n", dev.features, best.scale(), best.penalty(),
                best.errors().line());
        return model.with(new AcousticModel.Weights(best.scale(), best.penalty()));
    }

    private ModelTraining.Labelled labelled(FeatureSet set, Path file, StateInventory states) throws IOException {
        Path lines = Files.isDirectory(file) ? file.resolve("alignment.txt") : file;
        AlignmentFile.Labels labels = AlignmentFile.read(lines, set, states);
        if (!labels.missing().isEmpty()) {
            spec.commandLine().getErr().println("hyperhypo: " + lines + " has no line for " + labels.missing().size() + " of " + set.size()
                    + " utterances, which are left out: " + String.join(" ", labels.missing().stream().limit(10).toList())
                    + (labels.missing().size() > 10 ? " ..." : ""));
        }
        return new ModelTraining.Labelled(set, labels.perFrame());
    }

    private void print(ModelTraining.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        for (EpochReport epoch : result.epochs()) {
            out.printf(Locale.ROOT, "epoch %d  rate %s  loss %.3f%s  %.1f s%n", epoch.epoch(), epoch.rate(), epoch.trainLoss(), dev == null ? ""
                    : String.format(Locale.ROOT, "  held out: loss %.3f, %.1f %% of the frames right", epoch.heldOutLoss(), 100 * epoch.heldOutAccuracy()),
                    epoch.seconds());
        }
        var spec = result.model().network().spec();
        out.printf(Locale.ROOT, "%s: %,d parameters, %d states of %d phones%n", modelFile, spec.parameterCount(), result.model().states().size(),
                result.model().states().phones().size());
    }
}
