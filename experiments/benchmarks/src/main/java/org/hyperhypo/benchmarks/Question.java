package org.hyperhypo.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// Contenders that are timed in turn within one JVM, so that their ratios survive what happens to the machine meanwhile.
///
/// @param limit      what none of them can beat, timed among them: the top of the scale; null where nothing of the kind is known
/// @param contenders ours
/// @param problem    what yardsticks are asked to solve; null where ours is not compared
record Question(String name, Contender limit, List<Contender> contenders, Problem problem) {

    /// Limit, ours, and what the yardsticks add on `threads` threads.
    List<Contender> all(List<Yardstick> yardsticks, int threads) {
        List<Contender> all = new ArrayList<>(limit == null ? List.of() : List.of(limit));
        all.addAll(contenders);
        if (problem != null) {
            yardsticks.forEach(y -> all.addAll(y.contenders(problem, threads)));
        }
        return all;
    }
}
