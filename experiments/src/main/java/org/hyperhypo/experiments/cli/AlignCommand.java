package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.hmm.Alignment;
import org.hyperhypo.asr.hmm.KaldiPdfs;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.Segment;
import org.hyperhypo.asr.hmm.StateFile;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureFolder;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.model.WordTimes;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.train.AlignmentFile;
import org.hyperhypo.experiments.train.Alignments;
import org.hyperhypo.experiments.train.FlatStartTraining;
import org.hyperhypo.experiments.train.TiedStates;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Which state stands on which frame.
@Command(name = "align", mixinStandardHelpOptions = true,
        description = {"Aligns transcripts to features: with a model, or from nothing (a flat start).",
            "A flat start divides every utterance equally, trains a network on that, realigns with it, and again.",
            "Writes OUT/alignment.txt, a line of state numbers for each utterance, and OUT/states.txt, what the numbers mean."},
        footer = {"", "Examples:", "  hyperhypo align features/train align/train --lexicon lexicon.txt \\", "      --save-model align/model.safetensors",
            "  hyperhypo align features/dev align/dev --lexicon lexicon.txt \\", "      --model align/model.safetensors --ctm"})
final class AlignCommand implements Callable<Integer> {
    private static final List<String> FLAT_START_ONLY = List.of("--rounds", "--epochs", "--rate", "--momentum", "--batch", "--frame-share", "--layers",
            "--width", "--activation", "--context", "--seed", "--save-model", "--tied-states", "--word-positions");

    @Parameters(index = "0", paramLabel = "FEATURES", description = "Folder of features, with transcripts.")
    private Path features;

    @Parameters(index = "1", paramLabel = "OUT", description = "Folder to write.")
    private Path out;

    @Option(names = "--model", paramLabel = "FILE", description = "Align with this model (default: flat start, with the options below).")
    private Path modelFile;

    /// Kaldi's alignment instead of one made here; both or none.
    private static final class Kaldi {
        @Option(names = "--kaldi", required = true, paramLabel = "ALI",
                description = "Take over a Kaldi alignment instead (the output of ali-to-pdf, text or binary).")
        private Path alignment;

        @Option(names = "--kaldi-transitions", required = true, paramLabel = "FILE",
                description = "What its pdf numbers mean: the output of show-transitions phones.txt final.mdl.")
        private Path transitions;
    }

    @ArgGroup(exclusive = false)
    private Kaldi kaldi;

    @Option(names = "--scale", paramLabel = "X", description = "Acoustic scale of the aligner (default: ${DEFAULT-VALUE}).")
    private double scale = RecipeOptions.standard().search().alignmentScale();

    @Option(names = "--ctm", description = "Also write OUT/words.ctm (with confidences) and OUT/phones.ctm, times in seconds.")
    private boolean ctm;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of training and realignment (default: ${DEFAULT-VALUE}).")
    private int rounds = RecipeOptions.standard().alignment().rounds();

    @Option(names = "--tied-states", defaultValue = "0", paramLabel = "N",
            description = {"Then grow at most N context-dependent states (word-internal triphones, tied by a decision tree),",
                "and go through the rounds again with them (default: none)."})
    private int tiedStates;

    @Option(names = "--word-positions", description = "Tell phones at the beginning, inside and at the end of words apart (AH_B, AH_I, AH_E, AH_S).")
    private boolean wordPositions;

    @Option(names = "--save-model", paramLabel = "FILE", description = "Keep the model that the flat start ends with.")
    private Path saved;

    @Mixin
    private SgdOptions sgd = new SgdOptions(RecipeOptions.standard().alignment());

    @Mixin
    private NetworkOptions network;

    @Mixin
    private SeedOption seed;

    @Mixin
    private LexiconOption lexiconOption;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (kaldi != null) {
            return takeOver();
        }
        Alignments alignments;
        StateInventory states;
        FeatureFolder.Contents contents;
        if (modelFile == null) {
            contents = Inputs.features(features);
            FlatStartTraining.Result result = flatStart(contents);
            alignments = result.alignments();
            states = result.model().states();
        } else {
            refuseFlatStartOptions();
            AcousticModel model = ModelFiles.load(modelFile);
            Lexicon lexicon = lexiconOption.read(model, modelFile);
            contents = new FeatureFolder.Contents(Inputs.features(features, model), model.features());
            check(contents.set(), lexicon);
            states = model.states();
            alignments = Alignments.forced(contents.set(), model.score(contents.set()), lexicon, states, scale);
        }
        AlignmentFile.write(out.resolve("alignment.txt"), contents.set(), alignments);
        StateFile.write(out.resolve("states.txt"), states);
        if (ctm) {
            writeTimes(contents, alignments);
        }
        int done = contents.set().size() - alignments.failures().size();
        return Failures.report(done, alignments.failures(), spec.commandLine().getOut());
    }

    private int takeOver() throws IOException {
        if (modelFile != null) {
            throw new ParameterException(spec.commandLine(), "--kaldi and --model cannot go together; leave one of them out");
        }
        refuseFlatStartOptions();
        FeatureSet set = Inputs.features(features).set();
        KaldiPdfs pdfs = KaldiPdfs.read(kaldi.transitions);
        StateInventory states = pdfs.states(lexiconOption.read());
        Outputs.folder(out);
        AlignmentFile.Labels labels = AlignmentFile.readPdfs(kaldi.alignment, set, pdfs, states);
        AlignmentFile.write(out.resolve("alignment.txt"), set, labels);
        StateFile.write(out.resolve("states.txt"), states);
        List<Failure> missing = labels.missing().stream().map(id -> new Failure("alignment", id, "not in " + kaldi.alignment)).toList();
        return Failures.report(set.size() - missing.size(), missing, spec.commandLine().getOut());
    }

    private FlatStartTraining.Result flatStart(FeatureFolder.Contents contents) throws IOException {
        Lexicon lexicon = wordPositions ? lexiconOption.read().positionDependent() : lexiconOption.read();
        check(contents.set(), lexicon);
        if (saved != null) {
            Outputs.file(saved);
        }
        PrintWriter terminal = spec.commandLine().getOut();
        AcousticModel start = FlatStartTraining.start(network.architecture(), contents.settings(), LexiconOption.states(lexicon), seed.seed);
        FlatStartTraining.Options options = new FlatStartTraining.Options(rounds, sgd.epochs, sgd.share, sgd.rate, sgd.momentum, sgd.batch, scale,
                seed.seed);
        FlatStartTraining.Result result;
        try (Progress progress = Progress.standard(); Progress.Stage stage = progress.stage("flat start", rounds)) {
            result = FlatStartTraining.run(start, contents.set(), lexicon, options, round -> stage.step());
        }
        print(terminal, result);
        if (tiedStates > 0) {
            StateInventory plain = start.states();
            StateInventory tied = TiedStates.grow(contents.set(), result.alignments(), plain, tiedStates);
            terminal.println(tied);
            Alignments renumbered = TiedStates.renumbered(result.alignments(), plain, tied);
            start = FlatStartTraining.start(network.architecture(), contents.settings(), tied, seed.seed);
            try (Progress progress = Progress.standard(); Progress.Stage stage = progress.stage("tied states", rounds)) {
                result = FlatStartTraining.run(start, contents.set(), lexicon, renumbered, options, round -> stage.step());
            }
            print(terminal, result);
        }
        if (saved != null) {
            ModelFiles.save(result.model(), saved);
        }
        return result;
    }

    private static void print(PrintWriter terminal, FlatStartTraining.Result result) {
        for (FlatStartTraining.Round round : result.rounds()) {
            terminal.printf(Locale.ROOT, "round %d  %.1f %% of the frames changed their state%n", round.number(), 100 * (1 - round.agreement()));
        }
    }

    private void check(FeatureSet set, Lexicon lexicon) throws IOException {
        Inputs.requireWords(set, features);
        lexicon.require(set.entries().stream().flatMap(entry -> entry.words().stream()).toList());
        Outputs.folder(out);
    }

    private void refuseFlatStartOptions() {
        for (String option : FLAT_START_ONLY) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(spec.commandLine(), option + " is for the flat start and does nothing with "
                        + (kaldi == null ? "--model" : "--kaldi") + "; leave one of them out");
            }
        }
    }

    private void writeTimes(FeatureFolder.Contents contents, Alignments alignments) throws IOException {
        WordTimes words = new WordTimes(contents.settings().options());
        WordTimes phones = new WordTimes(contents.settings().options());
        for (int u = 0; u < contents.set().size(); u++) {
            String id = contents.set().entries().get(u).id();
            Alignment alignment = alignments.utterances().get(u);
            for (int w = 0; w < alignment.words().size(); w++) {
                Segment word = alignment.words().get(w);
                words.add(id, word.start(), word.end(), word.label(), alignment.confidences().get(w));
            }
            for (Segment phone : alignment.phones()) {
                phones.add(id, phone.start(), phone.end(), phone.label());
            }
        }
        words.write(out.resolve("words.ctm"));
        phones.write(out.resolve("phones.ctm"));
    }
}
