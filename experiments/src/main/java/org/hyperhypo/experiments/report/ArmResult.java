package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// One arm in one condition (or pooled over all): word error rates from summed errors and words, other numbers as means.
///
/// @param wer        errors over words of all replicates and draws, in percent; NaN where the arm lacks a condition of the pool
/// @param difference to A0 over the replicates both have, in points
/// @param low        interval of the WER as the run measured it, else NaN
/// @param perReplicate WER of each replicate (draws summed), in the order of replicates
/// @param complete   whether every replicate and condition of A0 is there
record ArmResult(
    String arm, String condition, double wer, double low, double high, double difference, double neurons, double parameters, String rate,
    double epochs,
    double sourceWer, double sourceDifference, double hypo, double hyper, double seconds, double momentBytes, double words, double sub, double del, double ins,
    int replicates, int draws, double[] perReplicate, boolean complete) {

    static final String ALL = "all";

    /// Per condition, in the order of targets, the arms in order; the pool over all conditions comes first if there are several.
    static Map<String, List<ArmResult>> of(Results results) {
        Map<String, List<ArmResult>> out = new LinkedHashMap<>();
        List<String> targets = results.targets().stream()
            .filter(c -> results.rows("adaptation").stream().anyMatch(r -> r.text("condition").equals(c))).toList();
        List<String> arms = results.distinct("adaptation", "arm").stream().sorted(Arms.ORDER).toList();
        if (targets.size() > 1) out.put(ALL, arms.stream().map(a -> of(results, a, ALL, _ -> true)).toList());
        for (String target : targets) {
            out.put(target, arms.stream().map(a -> of(results, a, target, r -> r.text("condition").equals(target))).toList());
        }
        return out;
    }

    private static ArmResult of(Results results, String arm, String condition, Predicate<Csv.Row> filter) {
        List<Csv.Row> rows = results.rows("adaptation").stream().filter(r -> r.text("arm").equals(arm)).filter(filter).toList();
        List<Csv.Row> base = results.rows("adaptation").stream().filter(r -> r.text("arm").equals("A0")).filter(filter).toList();
        Set<String> keys = keys(rows);
        Set<String> baseKeys = keys(base);
        boolean complete = keys.containsAll(baseKeys)
            && (condition.equals(ALL) ? conditions(rows).containsAll(results.targets()) : !rows.isEmpty());
        Set<String> shared = new HashSet<>(keys);
        shared.retainAll(baseKeys);
        List<Csv.Row> mine = rows.stream().filter(r -> shared.contains(key(r))).toList();
        List<Csv.Row> theirs = base.stream().filter(r -> shared.contains(key(r))).toList();
        boolean usable = complete || !condition.equals(ALL);
        Csv.Row interval = results.rows("intervals").stream()
            .filter(r -> r.text("arm").equals(arm) && r.text("condition").equals(condition)).findFirst().orElse(null);
        int draws = (int) rows.stream().map(r -> r.text("draw")).distinct().count();
        List<Double> perReplicate = new ArrayList<>();
        for (String replicate : results.distinct("adaptation", "replicate")) {
            perReplicate.add(usable ? wer(rows.stream().filter(r -> r.text("replicate").equals(replicate)).toList(), "") : Double.NaN);
        }
        return new ArmResult(arm, condition, usable ? wer(rows, "") : Double.NaN, interval == null ? Double.NaN : interval.number("low"),
            interval == null ? Double.NaN : interval.number("high"), usable ? wer(mine, "") - wer(theirs, "") : Double.NaN,
            mean(rows, "neurons"), mean(rows, "parameters"), rates(rows), mean(rows, "epochs"), wer(rows, "source_"),
            wer(mine, "source_") - wer(theirs, "source_"),
            mean(rows, "hypo"), mean(rows, "hyper"), mean(rows, "seconds"), mean(rows, "moment_bytes"), sum(rows, "words") / Math.max(1, draws),
            sum(rows, "sub") / Math.max(1, draws),
            sum(rows, "del") / Math.max(1, draws), sum(rows, "ins") / Math.max(1, draws),
            (int) rows.stream().map(r -> r.text("replicate")).distinct().count(), draws,
            perReplicate.stream().mapToDouble(d -> d).toArray(), complete);
    }

    private static String key(Csv.Row row) {
        return row.text("replicate") + "\0" + row.text("condition");
    }

    private static Set<String> keys(List<Csv.Row> rows) {
        Set<String> keys = new HashSet<>();
        for (Csv.Row row : rows) if (!Double.isNaN(row.number("errors"))) keys.add(key(row));
        return keys;
    }

    private static Set<String> conditions(List<Csv.Row> rows) {
        Set<String> names = new HashSet<>();
        for (Csv.Row row : rows) names.add(row.text("condition"));
        return names;
    }

    /// Pooled WER in percent over the rows that have both counts.
    static double wer(List<Csv.Row> rows, String prefix) {
        double errors = 0;
        double words = 0;
        for (Csv.Row row : rows) {
            double e = row.number(prefix + "errors");
            double w = row.number(prefix + "words");
            if (Double.isNaN(e) || Double.isNaN(w)) continue;
            errors += e;
            words += w;
        }
        return words > 0 ? 100 * errors / words : Double.NaN;
    }

    static double sum(List<Csv.Row> rows, String column) {
        return rows.stream().mapToDouble(r -> r.number(column)).filter(v -> !Double.isNaN(v)).sum();
    }

    static double mean(List<Csv.Row> rows, String column) {
        return mean(rows, r -> r.number(column));
    }

    static double mean(List<Csv.Row> rows, ToDoubleFunction<Csv.Row> value) {
        return rows.stream().mapToDouble(value).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
    }

    /// Every learning rate used, in order of appearance; a cell may itself hold several stages ("0.3 then 0.03").
    private static String rates(List<Csv.Row> rows) {
        List<String> rates = rows.stream().map(r -> r.text("rate")).filter(t -> !t.isBlank()).distinct().toList();
        return rates.isEmpty() ? Text.HOLE : String.join(", ", rates);
    }
}
