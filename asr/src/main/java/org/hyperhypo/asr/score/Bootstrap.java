package org.hyperhypo.asr.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Paired bootstrap of a difference in word error rate: units (utterances or speakers) are drawn with replacement, the same draw for both
/// systems, and the difference of the pooled error rates is computed anew each time.
public final class Bootstrap {
    /// 10⁴ resamples: the ends of the interval are then good to about 3 % of its width.
    public static final int RESAMPLES = 10_000;

    /// @param difference WER of A − WER of B on the whole set, in points of percent; negative: A is better
    /// @param low 2.5 % quantile of the resampled differences
    /// @param high 97.5 % quantile
    /// @param p two-sided: twice the smaller share of resamples on either side of 0 (0 counts for both), each with one added, at most 1
    /// @param units number of utterances or speakers drawn from
    public record Result(double difference, double low, double high, double p, int units) {
    }

    private Bootstrap() {
    }

    /// Counts of the same units under two systems, in the same order.
    public static Result paired(List<WordErrors> a, List<WordErrors> b, int resamples, long seed) {
        if (a.size() != b.size() || a.isEmpty() || resamples < 1) {
            throw new IllegalArgumentException("bootstrap: " + a.size() + " and " + b.size() + " units, " + resamples
                    + " resamples; both systems need the same units, at least one, and at least one resample");
        }
        int n = a.size();
        var errors = new double[2][n];
        var words = new double[2][n];
        for (int i = 0; i < n; i++) {
            errors[0][i] = a.get(i).errors();
            errors[1][i] = b.get(i).errors();
            words[0][i] = a.get(i).words();
            words[1][i] = b.get(i).words();
        }
        int[] once = new int[n];
        Arrays.setAll(once, i -> i);
        double observed = difference(errors, words, once);
        if (!Double.isFinite(observed)) {
            throw new IllegalArgumentException("bootstrap: the references have no words; nothing can be compared");
        }
        var random = new SplittableRandom(seed);
        var differences = new double[resamples];
        int atMost = 0;
        int atLeast = 0;
        var draw = new int[n];
        for (int r = 0; r < resamples; r++) {
            do {
                for (int i = 0; i < n; i++) {
                    draw[i] = random.nextInt(n);
                }
                differences[r] = difference(errors, words, draw);
            } while (!Double.isFinite(differences[r]));
            atMost += differences[r] <= 0 ? 1 : 0;
            atLeast += differences[r] >= 0 ? 1 : 0;
        }
        Arrays.sort(differences);
        double p = Math.min(1, 2 * (Math.min(atMost, atLeast) + 1.0) / (resamples + 1.0));
        return new Result(observed, quantile(differences, 0.025), quantile(differences, 0.975), p, n);
    }

    /// The same by group: utterances with the same name in `groups` (their speaker) are drawn together.
    public static Result paired(List<String> groups, List<WordErrors> a, List<WordErrors> b, int resamples, long seed) {
        if (groups.size() != a.size() || groups.size() != b.size()) {
            throw new IllegalArgumentException("bootstrap: " + groups.size() + " group names for " + a.size() + " and " + b.size()
                    + " utterances; give one per utterance");
        }
        return paired(pool(groups, a), pool(groups, b), resamples, seed);
    }

    private static List<WordErrors> pool(List<String> groups, List<WordErrors> x) {
        Map<String, WordErrors> pooled = new LinkedHashMap<>();
        for (int i = 0; i < x.size(); i++) {
            pooled.merge(groups.get(i), x.get(i), WordErrors::add);
        }
        return new ArrayList<>(pooled.values());
    }

    private static double difference(double[][] errors, double[][] words, int[] draw) {
        double errorsA = 0;
        double errorsB = 0;
        double wordsA = 0;
        double wordsB = 0;
        for (int i : draw) {
            errorsA += errors[0][i];
            errorsB += errors[1][i];
            wordsA += words[0][i];
            wordsB += words[1][i];
        }
        return wordsA == 0 || wordsB == 0 ? Double.NaN : 100 * (errorsA / wordsA - errorsB / wordsB);
    }

    /// Linear between the two nearest sorted values.
    private static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int i = (int) at;
        return i + 1 == sorted.length ? sorted[i] : sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
    }
}
