package org.hyperhypo.experiments.cli;

import picocli.CommandLine.Option;

/// How many threads work.
final class ThreadsOption {
    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors); the numbers do not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    int count() {
        return Math.max(1, threads);
    }
}
