package org.hyperhypo.benchmarks;

/// One contender in one fork.
///
/// @param seconds   of one call, round by round
/// @param allocated bytes that a call allocated in the caller's thread, at least, over the rounds
/// @param residual  as in [Contender]; NaN where not checked
record Series(String name, double flops, double bytes, double[] seconds, double allocated, double residual) {

    /// FLOP/s or bytes per second, in the median round.
    double rate() {
        return work() / Statistics.median(seconds);
    }

    double work() {
        return flops > 0 ? flops : bytes;
    }
}
