package org.hyperhypo.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What the forks say about a [Target]; README.md has the rule in words.
///
/// @param values one per fork that counts; where none does, of all
/// @param text   reached, missed, void (and why) or not measured
record Verdict(Target target, double[] values, String text) {
    static final int LEAST_FORKS = 5;
    static final double LARGEST_SPREAD = 0.15;
    /// Cores that others may use while a fork runs.
    static final double OTHERS = 0.10;
    /// Share of the best fork's FMA peak that a fork must have seen.
    static final double LEAST_PEAK = 0.95;

    static Verdict of(Target target, List<ForkResult> forks) {
        List<Double> all = new ArrayList<>();
        List<Double> counting = new ArrayList<>();
        boolean wrong = false;
        for (ForkResult fork : forks) {
            double value = target.value(fork.answers());
            wrong |= wrong(target, fork);
            if (!Double.isNaN(value)) {
                all.add(value);
                if (counts(fork, forks)) {
                    counting.add(value);
                }
            }
        }
        List<Double> shown = counting.isEmpty() ? all : counting;
        double[] values = shown.stream().mapToDouble(Double::doubleValue).toArray();
        double ceiling = Statistics.median(forks.stream().mapToDouble(f -> target.ceiling(f.answers())).filter(Double::isFinite).toArray());
        String beyond = ceiling < target.bound() ? String.format(Locale.ROOT, "; the FMA peak allows %.2f ×", ceiling) : "";
        return new Verdict(target, values, wrong ? "wrong answer" : text(target, values, counting.size(), all.size()) + beyond);
    }

    double median() {
        return Statistics.median(values);
    }

    private static String text(Target target, double[] values, int counting, int measured) {
        if (measured == 0) {
            return "not measured";
        }
        if (counting < LEAST_FORKS) {
            return String.format(Locale.ROOT, "void: %d of %d forks count, %d are needed", counting, measured, LEAST_FORKS);
        }
        double spread = Statistics.spread(values);
        if (spread > LARGEST_SPREAD) {
            return String.format(Locale.ROOT, "void: forks differ by %.0f %%", 100 * spread);
        }
        long reached = Arrays.stream(values).filter(target::reached).count();
        String forks = reached == 0 || reached == values.length ? "" : String.format(Locale.ROOT, " (%d of %d forks)", reached, values.length);
        return (target.reached(Statistics.median(values)) ? "reached" : "missed") + forks;
    }

    /// A fork counts if the machine was ours: nobody else computed, and the peak was as high as in the best fork of its group.
    static boolean counts(ForkResult fork, List<ForkResult> forks) {
        double best = forks.stream().filter(f -> f.group().equals(fork.group())).mapToDouble(Verdict::peak).filter(p -> !Double.isNaN(p)).max().orElse(Double.NaN);
        return !(fork.others() > OTHERS) && !(peak(fork) < LEAST_PEAK * best);
    }

    /// Median over the fork's questions of the FMA peak, FLOP/s; NaN where none had it.
    static double peak(ForkResult fork) {
        return Statistics.median(fork.answers().stream().filter(a -> a.limit() != null && a.limit().startsWith("fma"))
                .mapToDouble(a -> a.series(a.limit()).rate()).toArray());
    }

    private static boolean wrong(Target target, ForkResult fork) {
        return fork.answers().stream().filter(a -> a.question().equals(target.question())).flatMap(a -> a.series().stream())
                .anyMatch(s -> (s.name().equals(target.contender()) || s.name().equals(target.reference())) && s.residual() > 1);
    }
}
