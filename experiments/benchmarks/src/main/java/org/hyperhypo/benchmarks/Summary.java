package org.hyperhypo.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All forks of a run, question by question.
///
/// @param environment what it ran on
/// @param forks       whether each counts is [Verdict#counts]; where none counts, rows show all of them
record Summary(Environment environment, List<ForkResult> forks, List<Verdict> verdicts) {

    /// A contender over all forks.
    ///
    /// @param seconds   of one call: the medians of the forks
    /// @param rates     FLOP/s or bytes per second, likewise
    /// @param shares    of the question's limit within each fork; NaN where there is no limit
    /// @param allocated bytes per call, the least over the forks
    /// @param residual  NaN where there was nothing to compare with
    record Row(String question, String limit, String contender, boolean byFlops, double[] seconds, double[] rates, double[] shares, double allocated,
               double residual) {
        boolean isLimit() {
            return contender.equals(limit);
        }
    }

    static Summary of(Environment environment, List<ForkResult> forks, int threads) {
        return new Summary(environment, List.copyOf(forks), Targets.all(threads).stream().map(t -> Verdict.of(t, forks)).toList());
    }

    /// Question by question, contenders in their order.
    Map<String, List<Row>> rows() {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        for (Group group : Group.values()) {
            List<ForkResult> all = forks.stream().filter(f -> f.group().equals(group.name())).toList();
            List<ForkResult> counting = all.stream().filter(f -> Verdict.counts(f, all)).toList();
            List<ForkResult> shown = counting.isEmpty() ? all : counting;
            for (String question : questions(shown)) {
                rows.put(question, rows(question, shown.stream().flatMap(f -> f.answers().stream()).filter(a -> a.question().equals(question)).toList(),
                        all.stream().flatMap(f -> f.answers().stream()).filter(a -> a.question().equals(question)).toList()));
            }
        }
        return rows;
    }

    private static Set<String> questions(List<ForkResult> forks) {
        Set<String> names = new LinkedHashSet<>();
        forks.forEach(f -> f.answers().forEach(a -> names.add(a.question())));
        return names;
    }

    /// Errors are looked for in all forks: the first one checks, whether it counts or not.
    private static List<Row> rows(String question, List<ForkResult.Answer> answers, List<ForkResult.Answer> all) {
        List<Row> rows = new ArrayList<>();
        for (Series first : answers.getFirst().series()) {
            List<Series> series = new ArrayList<>();
            List<Double> shares = new ArrayList<>();
            for (ForkResult.Answer answer : answers) {
                Series s = answer.series(first.name());
                if (s != null) {
                    series.add(s);
                    shares.add(share(s, answer.limit() == null ? null : answer.series(answer.limit())));
                }
            }
            double residual = all.stream().map(a -> a.series(first.name())).filter(s -> s != null && !Double.isNaN(s.residual()))
                    .mapToDouble(Series::residual).max().orElse(Double.NaN);
            rows.add(new Row(question, answers.getFirst().limit(), first.name(), first.flops() > 0,
                    series.stream().mapToDouble(s -> Statistics.median(s.seconds())).toArray(), series.stream().mapToDouble(Series::rate).toArray(),
                    shares.stream().mapToDouble(Double::doubleValue).toArray(), series.stream().mapToDouble(Series::allocated).min().orElse(Double.NaN), residual));
        }
        return rows;
    }

    private static double share(Series s, Series limit) {
        return limit == null || s.flops() > 0 != limit.flops() > 0 ? Double.NaN
                : Statistics.medianRatio(limit.seconds(), s.seconds()) * s.work() / limit.work();
    }

    /// For `results.json`.
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("environment", environment);
        json.put("forks", forks.stream().map(f -> {
            Map<String, Object> fork = new LinkedHashMap<>();
            fork.put("group", f.group());
            fork.put("fork", f.fork());
            fork.put("counts", Verdict.counts(f, forks));
            fork.put("others", f.others());
            fork.put("load", f.load());
            fork.put("peak", Verdict.peak(f));
            fork.put("wallSeconds", f.wallSeconds());
            return fork;
        }).toList());
        json.put("yardsticks", forks.stream().flatMap(f -> f.yardsticks().stream()).distinct().toList());
        json.put("targets", verdicts);
        json.put("rows", rows().values().stream().flatMap(List::stream).toList());
        return json;
    }
}
