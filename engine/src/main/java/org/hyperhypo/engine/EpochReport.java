package org.hyperhypo.engine;

/// What an epoch did. `epoch` counts from 1; `rate` is that of its first step; held-out numbers are NaN when there are no held-out examples.
public record EpochReport(int epoch, double rate, double trainLoss, double heldOutLoss, double heldOutAccuracy, int steps, long examples, double seconds) {
}
