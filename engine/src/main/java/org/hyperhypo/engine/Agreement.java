package org.hyperhypo.engine;

import java.util.Map;
import java.util.function.Supplier;

/// Processes that train together must hold the same bits, or each would train a network of its own and nobody would notice.
final class Agreement {
    private static final int HEX_DIGITS_OF_A_DOUBLE = 13;

    private final Peers peers;

    Agreement(Peers peers) {
        this.peers = peers;
    }

    /// All begin the same run.
    void onRun(Supplier<Map<String, String>> identity) {
        on(() -> SafeTensors.digest(identity.get(), Map.of()), "begins another run than process 0 (network, mask, examples or options differ)",
                "all must read the same files and have the same arguments");
    }

    /// All hold the same network at the same step.
    void onNetwork(Network net, TrainingRun run) {
        on(() -> SafeTensors.digest(Map.of("network", net.hash(), "place", run.toString()), Map.of()), "has another network than process 0, or is at another step"
                + " (found at " + run + ")", "checkpoints must be on a file system that all share; sums in no fixed order may differ between machines, then use"
                + " the fixed order");
    }

    /// The least that any of them may use.
    long least(long bytes) {
        double[] all = new double[peers.size()];
        all[peers.rank()] = bytes;
        peers.merge(all);
        return (long) java.util.Arrays.stream(all).min().orElseThrow();
    }

    private void on(Supplier<String> digest, String difference, String remedy) {
        if (peers.size() == 1) {
            return;
        }
        double[] all = new double[peers.size()];
        all[peers.rank()] = Long.parseLong(digest.get().substring(0, HEX_DIGITS_OF_A_DOUBLE), 16);
        peers.merge(all);
        for (int rank = 1; rank < all.length; rank++) {
            if (all[rank] != all[0]) {
                throw new ModelException("training: process " + rank + " of " + all.length + " " + difference + "; " + remedy);
            }
        }
    }
}
