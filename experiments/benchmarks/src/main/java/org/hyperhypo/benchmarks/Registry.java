package org.hyperhypo.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.hyperhypo.kernels.Case;
import org.hyperhypo.kernels.Cases;
import org.hyperhypo.kernels.Family;
import org.hyperhypo.kernels.Kernels;

/// The cases of the kernels' registry as questions: a kernel that is entered there is measured here.
final class Registry {
    static final String OUT_OF_CACHE = "out of cache, 16 M floats an array";
    /// Of a quick run: a few milliseconds a call.
    static final double SMALL_FLOPS = 2e8;
    private static final double OUT_OF_CACHE_BYTES = 1e8;
    /// In-cache cases stand beside a copy about as large.
    private static final int CACHED_COPY = 1 << 18;

    private Registry() {
    }

    /// One question per family of kernels and unit, without the cases that stand beside yardsticks elsewhere, and without those of more FLOPs.
    static List<Supplier<Question>> rest(double mostFlops) {
        Map<String, List<Case>> families = new LinkedHashMap<>();
        for (Case c : Cases.benchmarks()) {
            if (!elsewhere(c) && c.work().flops() <= mostFlops) {
                families.computeIfAbsent(c.family().name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(c);
            }
        }
        List<Supplier<Question>> questions = new ArrayList<>();
        families.forEach((family, cases) -> {
            questions.add(() -> question("kernels: " + family, Limits.peak(1), cases.stream().filter(c -> c.work().flops() > 0).toList()));
            questions.add(() -> question("kernels: " + family + ", by bytes", Limits.copy(CACHED_COPY),
                    cases.stream().filter(c -> c.work().flops() == 0).toList()));
        });
        return questions;
    }

    /// Updates and elementwise work on arrays that no cache holds.
    static List<Supplier<Question>> outOfCache() {
        List<Case> cases = Cases.benchmarks().stream().filter(c -> c.work().bytes() > OUT_OF_CACHE_BYTES).toList();
        return List.of(() -> {
            List<Contender> contenders = new ArrayList<>(List.of(Limits.copyByLoop(Limits.OUT_OF_CACHE)));
            cases.forEach(c -> contenders.add(Contender.of(c.name(), c, Kernels.best())));
            return new Question(OUT_OF_CACHE, Limits.copy(Limits.OUT_OF_CACHE), contenders, null);
        });
    }

    private static Question question(String name, Contender limit, List<Case> cases) {
        return new Question(name, limit, cases.stream().map(c -> Contender.of(c.name(), c, Kernels.best())).toList(), null);
    }

    private static boolean elsewhere(Case c) {
        return c.family() == Family.PRODUCT || c.work().bytes() > OUT_OF_CACHE_BYTES || c.name().startsWith("weightGradient 256×1024→1024 masked")
                || c.name().equals("softmaxCrossEntropy 256×3000");
    }
}
