package org.hyperhypo.experiments.recipe.map;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.hyperhypo.experiments.report.Csv;

/// Word error rates of every system of a network, of each of its draws and of all together, over the target conditions; clean speech on its own.
final class WordRates {
    static final String CLEAN = "clean";

    private final Map<String, Map<Integer, long[]>> targets = new LinkedHashMap<>();
    private final long[] clean = new long[2];

    /// Adds a table of utterances.
    void add(Csv utterances) {
        for (Csv.Row row : utterances.rows()) {
            long[] sum = row.text("condition").equals(CLEAN) ? clean
                    : targets.computeIfAbsent(row.text("arm"), arm -> new TreeMap<>()).computeIfAbsent((int) row.number("draw"), d -> new long[2]);
            sum[0] += (long) (row.number("sub") + row.number("del") + row.number("ins"));
            sum[1] += (long) row.number("words");
        }
    }

    double clean() {
        return rate(clean);
    }

    /// Over all draws; NaN for a system that was not run.
    double of(String system) {
        long[] sum = new long[2];
        targets.getOrDefault(system, Map.of()).values().forEach(draw -> {
            sum[0] += draw[0];
            sum[1] += draw[1];
        });
        return rate(sum);
    }

    /// Of each draw.
    double[] draws(String system) {
        return targets.getOrDefault(system, Map.of()).values().stream().mapToDouble(WordRates::rate).toArray();
    }

    private static double rate(long[] sum) {
        return sum[1] == 0 ? Double.NaN : 100.0 * sum[0] / sum[1];
    }
}
