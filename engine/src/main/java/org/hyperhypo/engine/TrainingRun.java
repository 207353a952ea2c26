package org.hyperhypo.engine;

import java.util.ArrayList;
import java.util.List;

/// Where a training run is. With the network, the optimizer's state and the examples' order, which follows from seed and position, it decides all that comes.
final class TrainingRun {
    /// Epoch that runs, from 1, and its steps that are done.
    int epoch = 1;
    int step;
    /// Rate of the last step.
    double rate;
    /// Sum of the examples' losses in this epoch.
    double lossSum;
    /// Epochs that are done.
    final List<EpochReport> reports = new ArrayList<>();

    /// Examples that the steps so far have taken, over all epochs.
    long examplesSeen(int perEpoch, int batch) {
        return (epoch - 1L) * perEpoch + Math.min((long) step * batch, perEpoch);
    }

    void endEpoch(EpochReport report) {
        reports.add(report);
        epoch++;
        step = 0;
        lossSum = 0;
    }

    @Override
    public String toString() {
        return "step " + step + " of epoch " + epoch;
    }
}
