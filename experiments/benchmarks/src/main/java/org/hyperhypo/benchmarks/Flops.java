package org.hyperhypo.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Counts floating-point operations, so that JMH reports a rate beside the calls: a score of 1.2e11 is 120 GFLOP/s.
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Flops {
    public long flops;
}
