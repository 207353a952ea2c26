package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.hyperhypo.asr.features.FeatureOptions;
import org.hyperhypo.asr.features.KaldiConfig;
import org.hyperhypo.experiments.model.FeatureSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Everything that decides the numbers of features.
final class FeatureDetailOptions {
    @Mixin
    private FilterbankOptions filterbank;

    @Option(names = "--config", paramLabel = "FILE", description = {"Kaldi's conf/fbank.conf (with --features mel) or conf/mfcc.conf (with --features mfcc); "
            + "Kaldi's defaults fill the rest, dither 1 among them, and --bands does not count."})
    private Path config;

    @Option(names = "--dither-seed", defaultValue = "1", paramLabel = "N", description = "Where dither starts (default: ${DEFAULT-VALUE}).")
    private long ditherSeed;

    @Option(names = "--cmvn", defaultValue = "speaker", paramLabel = "PER",
            description = "Mean and variance are normalised per speaker, utterance, global or sliding, or none (default: ${DEFAULT-VALUE}).")
    private FeatureSettings.Cmvn cmvn;

    @Option(names = "--mean-only", description = "Leave the variance as it is.")
    private boolean meanOnly;

    @Option(names = "--cmvn-window", defaultValue = "600", paramLabel = "N", description = "Frames of the sliding window (default: ${DEFAULT-VALUE}).")
    private int cmvnWindow;

    @Option(names = "--cmvn-causal", description = "The sliding window lies before the frame, not around it.")
    private boolean causal;

    @Option(names = "--deltas", defaultValue = "0", paramLabel = "ORDER", description = "Append time derivatives up to this order (default: ${DEFAULT-VALUE}).")
    private int deltas;

    /// Whether a Kaldi file decides the sampling rate.
    boolean fixesRate() {
        return config != null;
    }

    FeatureSettings settings(int rate) throws IOException {
        FeatureOptions options = filterbank.settings(rate, cmvn).options();
        if (config != null) {
            options = switch (filterbank.kind) {
                case "mel" -> KaldiConfig.fbank(config, ditherSeed);
                case "mfcc" -> KaldiConfig.mfcc(config, ditherSeed);
                default -> throw new IllegalArgumentException("--config " + config + " belongs to --features mel or mfcc, not " + filterbank.kind);
            };
        }
        return new FeatureSettings(options, cmvn, !meanOnly, cmvnWindow, !causal, deltas);
    }
}
