package org.hyperhypo.engine;

/// Where training is: after every 50th step and the last of an epoch. `loss` is the mean over the epoch so far.
public record Progress(int epoch, int epochs, int step, int steps, double rate, double loss) {
}
