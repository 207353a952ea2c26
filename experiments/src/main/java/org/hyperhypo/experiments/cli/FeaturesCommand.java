package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.audio.AudioException;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.audio.AudioSource;
import org.hyperhypo.asr.audio.RawFormat;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Problem;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.FeatureExtraction;
import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.experiments.report.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Audio to normalised filterbank features.
@Command(name = "features", mixinStandardHelpOptions = true,
        description = {"Computes the features of a data folder, or of one recording on standard input.",
            "An utterance that cannot be read is named and left out; the others go on."},
        footer = {"", "Example:", "  hyperhypo features runs/digits/data/train features/train",
            "  hyperhypo features --raw 16000:s16le - features/one"})
final class FeaturesCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Parameters(index = "0", paramLabel = "DATA", description = "Data folder: wav.scp, text, utt2spk, perhaps segments; or - for standard input.")
    private Path data;

    @Parameters(index = "1", paramLabel = "OUT", description = "Folder to write: feats.ark, feats.scp, text, utt2spk, feats.json.")
    private Path out;

    @Option(names = "--root", paramLabel = "DIR", description = "Folder that relative paths in wav.scp start from (default: DATA, then its parent).")
    private Path root;

    @Option(names = "--unlabelled", description = "DATA needs no text file: speech to decode or to adapt on.")
    private boolean unlabelled;

    @Option(names = "--rate", paramLabel = "HZ", description = "Sampling rate; other recordings are resampled (default: that of the first recording).")
    private Integer rate;

    @Option(names = "--raw", paramLabel = "RATE[:CODING[:CHANNELS]]", description = "Standard input has no header, for instance 16000:s16le:1.")
    private String raw;

    @Mixin
    private AudioOptions audio;

    @Mixin
    private FeatureDetailOptions features;

    @Mixin
    private ThreadsOption threads;

    @Spec
    private CommandSpec spec;

    @Mixin
    private MpiOptions.Joined mpi;

    @Override
    public Integer call() throws Exception {
        return mpi.run(spec.commandLine(), this::extract);
    }

    private int extract(MpiOptions.Ranks ranks) throws IOException {
        if (data.toString().equals(STANDARD_INPUT) && ranks.peers().size() > 1) {
            throw new UserError("standard input belongs to one process; leave --mpi out");
        }
        DataDir.Usable usable = data.toString().equals(STANDARD_INPUT) ? standardInput() : DataDir.readUsable(data, root, audio.reading(!unlabelled));
        DataDir utterances = usable.data();
        FeatureSettings settings = features.settings(rate != null ? rate : features.fixesRate() ? 16000 : rateOfFirst(utterances));
        if (rate != null && settings.options().rate() != rate) {
            throw new UserError("--rate " + rate + ", but the configuration says " + settings.options().rate() + "; leave one out");
        }
        Outputs.folder(out);
        FeatureExtraction.Written written;
        try (Progress progress = ranks.progress(); Progress.Stage stage = progress.stage("features", utterances.utterances().size())) {
            written = new FeatureExtraction(settings, FeatureExtraction.Corruption.NONE, audio.channel).toFolder(utterances, out, threads.count(), stage::step, ranks.peers());
        }
        ranks.leave().run();
        if (!ranks.first()) {
            return 0;
        }
        if (written.utterances() > 0) {
            spec.commandLine().getOut().println(out + ": frames " + written.frames() + ", " + columns(settings) + ", speakers " + written.speakers());
        }
        List<Failure> failures = new ArrayList<>();
        for (Problem problem : usable.problems()) {
            failures.add(new Failure("data", problem.file() + (problem.line() > 0 ? ":" + problem.line() : ""), problem.message()));
        }
        failures.addAll(written.failures());
        int code = Failures.report(written.utterances(), failures, spec.commandLine().getOut());
        return written.utterances() > 0 ? code : Main.FAILED;
    }

    private static String columns(FeatureSettings settings) {
        return (settings.options().cepstra() > 0 ? "cepstra " + settings.options().cepstra() : "bands " + settings.options().bands())
                + (settings.deltas() > 0 || settings.options().energy() ? ", columns " + settings.columns() : "");
    }

    private DataDir.Usable standardInput() throws AudioException {
        AudioSource source = new AudioSource.Loaded("standard input", AudioFiles.read(System.in, raw == null ? null : RawFormat.parse(raw), "standard input"));
        return new DataDir.Usable(new DataDir(List.of(new Utterance("stdin", "stdin", source, null, List.of())), Map.of(), List.of()), List.of());
    }

    private int rateOfFirst(DataDir utterances) {
        for (Utterance utterance : utterances.utterances()) {
            try {
                return utterance.audio().read().rate();
            } catch (AudioException e) {
                continue; // named as a failure later; the next one may be whole
            }
        }
        throw new UserError(data + ": none of " + utterances.utterances().size() + " recordings can be read; check wav.scp, or give --rate to see why");
    }
}
