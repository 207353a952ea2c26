package org.hyperhypo.experiments.cli;

import picocli.CommandLine.Option;

/// What everything random follows from.
final class SeedOption {
    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
    long seed;
}
