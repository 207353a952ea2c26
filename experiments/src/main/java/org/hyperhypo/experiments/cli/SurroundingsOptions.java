package org.hyperhypo.experiments.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where the noises and rooms of a recipe come from.
final class SurroundingsOptions {
    @Option(names = "--noise", paramLabel = "DIR", description = "Folder of noise recordings, WAV or FLAC (default: noise made here).")
    Path noise;

    @Option(names = "--rir", paramLabel = "DIR", description = "Folder of room impulse responses, WAV or FLAC (default: simulated rooms).")
    Path rooms;
}
