package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.audio.AudioException;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.FeatureExtraction;
import org.hyperhypo.experiments.model.FeatureFolder;
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
        description = {"Computes the features of a data folder.", "An utterance that cannot be read is named and left out; the others go on."},
        footer = {"", "Example:", "  hyperhypo features runs/digits/data/train features/train"})
final class FeaturesCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DATA", description = "Data folder: wav.scp, text, utt2spk.")
    private Path data;

    @Parameters(index = "1", paramLabel = "OUT", description = "Folder to write: feats.ark, feats.scp, text, utt2spk, feats.json.")
    private Path out;

    @Option(names = "--root", paramLabel = "DIR", description = "Folder that relative paths in wav.scp start from (default: DATA, then its parent).")
    private Path root;

    @Option(names = "--unlabelled", description = "DATA needs no text file: speech to decode or to adapt on.")
    private boolean unlabelled;

    @Option(names = "--rate", paramLabel = "HZ", description = "Sampling rate; other recordings are resampled (default: that of the first recording).")
    private Integer rate;

    @Option(names = "--cmvn", defaultValue = "speaker", paramLabel = "PER",
            description = "Mean and variance are normalised per speaker, utterance or global, or none (default: ${DEFAULT-VALUE}).")
    private FeatureSettings.Cmvn cmvn;

    @Mixin
    private FilterbankOptions filterbank;

    @Mixin
    private ThreadsOption threads;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        DataDir utterances = DataDir.read(data, root, !unlabelled);
        FeatureSettings settings = filterbank.settings(rate != null ? rate : rateOfFirst(utterances), cmvn);
        Outputs.folder(out);
        FeatureExtraction.Result result;
        try (Progress progress = Progress.standard(); Progress.Stage stage = progress.stage("features", utterances.utterances().size())) {
            result = FeatureExtraction.extract(utterances, settings, FeatureExtraction.Corruption.NONE, threads.count(), stage::step);
        }
        if (result.set().size() > 0) {
            FeatureFolder.write(out, result.set(), settings);
            spec.commandLine().getOut().println(out + ": frames " + result.set().frames() + ", bands " + settings.options().bands()
                    + ", speakers " + result.set().speakers().size());
        }
        int code = Failures.report(result.set().size(), result.failures(), spec.commandLine().getOut());
        return result.set().size() > 0 ? code : Main.FAILED;
    }

    private int rateOfFirst(DataDir utterances) {
        for (Utterance utterance : utterances.utterances()) {
            try {
                return AudioFiles.read(utterance.audio()).rate();
            } catch (AudioException e) {
                continue; // named as a failure later; the next one may be whole
            }
        }
        throw new UserError(data + ": none of " + utterances.utterances().size() + " recordings can be read; check wav.scp, or give --rate to see why");
    }
}
