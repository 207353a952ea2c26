package org.hyperhypo.benchmarks;

import java.util.List;

/// Somebody else's library. Implementations are found by [java.util.ServiceLoader]; those of the module yardsticks are in the build only with
/// `-Pyardsticks`, and none is needed.
public interface Yardstick {
    /// Name with version.
    String name();

    /// What the library chose on this machine (core, instruction set, threads), and what the reader must know.
    String text();

    /// Its ways to solve `problem` on `threads` threads; none where it has no such function. Called once per problem, before anything is timed.
    List<Contender> contenders(Problem problem, int threads);
}
