package org.hyperhypo.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hyperhypo.benchmarks.ScalingBench.Configuration;
import org.hyperhypo.experiments.mpi.LinkProbe;
import org.hyperhypo.experiments.mpi.Reduction;
import org.hyperhypo.experiments.report.LinePlot;

/// A [ScalingResult] as Markdown, JSON and a picture.
///
/// @param others cores that other programs used meanwhile; figures with more than [Verdict#OTHERS] decide nothing
record ScalingTables(Environment environment, ScalingResult result, double others) {
    static final double SPEEDUP = 1.7;
    static final double FIXED_OVER_FAST = 1.15;
    static final double MASK_BYTES = 0.12;
    static final double PREDICTION = 0.30;
    private static final int[] NODES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 1024};
    private static final List<Configuration> TOGETHER = List.of(Configuration.FIXED, Configuration.FAST);

    /// One figure that was asked for.
    record Claim(String what, String asked, double value, boolean reached) {
    }

    List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        ScalingResult.Case full = result.cases().getFirst();
        ScalingResult.Case masked = result.cases().getLast();
        double speedup = full.ratio(Configuration.ALONE, Configuration.FIXED);
        claims.add(new Claim("two processes against one, " + full.name + ", fixed", "≥ " + SPEEDUP + " ×", speedup, speedup >= SPEEDUP));
        for (ScalingResult.Case one : result.cases()) {
            double cost = one.ratio(Configuration.FIXED, Configuration.FAST);
            claims.add(new Claim("step, fixed over fast, " + one.name, "≤ " + FIXED_OVER_FAST, cost, cost <= FIXED_OVER_FAST));
        }
        double bytes = (double) masked.sent(Configuration.FIXED) / full.sent(Configuration.FIXED);
        claims.add(new Claim("bytes sent, " + masked.name + " over " + full.name, "≤ " + MASK_BYTES, bytes, bytes <= MASK_BYTES));
        for (ScalingResult.Case one : result.cases()) {
            for (Configuration c : TOGETHER) {
                double ratio = result.predicted(one, c) / one.seconds(c);
                claims.add(new Claim("predicted over measured step, " + one.name + ", " + low(c), "0.7 – 1.3", ratio, Math.abs(ratio - 1) <= PREDICTION));
            }
        }
        return claims;
    }

    String text() {
        StringBuilder out = new StringBuilder("```\n").append(String.join("\n", environment.lines())).append("\n```\n");
        out.append(String.format(Locale.ROOT, "\nOther programs used %.2f of a core meanwhile%s.\n", others, others > Verdict.OTHERS ? ": these figures decide nothing" : ""));
        table(out, List.of("asked for", "", "measured", ""), claims().stream().map(c -> List.of(c.what, c.asked, f("%.3f", c.value), c.reached ? "reached" : "missed")).toList());
        out.append("\n### Steps\nMedians over the rounds, milliseconds; the exchange includes waiting for the other process.\n");
        for (ScalingResult.Case one : result.cases()) {
            List<List<String>> rows = new ArrayList<>();
            for (Configuration c : Configuration.values()) {
                boolean together = c.processes > 1;
                rows.add(List.of(one.name + ", " + low(c), c.processes + " × " + c.batch / c.processes, f("%.1f", 1e3 * one.seconds(c)), together
                        ? f("%.1f", 1e3 * result.predicted(one, c)) : "", together ? f("%.1f", 1e3 * one.exchange(c)) : "", together
                        ? f("%.1f", 1e3 * result.predictedExchange(one, c.reduction)) : "", together ? f("%.2f", 1e-6 * one.sent(c)) : "",
                        together ? f("%.2f ×", one.ratio(Configuration.ALONE, c)) : ""));
            }
            table(out, List.of("learns", "processes × examples", "step", "predicted", "exchange", "predicted", "MB sent", "against alone"), rows);
        }
        link(out);
        cluster(out);
        return out.toString();
    }

    private void link(StringBuilder out) {
        LinkProbe probe = result.probe();
        out.append(String.format(Locale.ROOT, "\n### Messages between the two processes\nα = %.2f µs, 1/β = %.2f GB/s; copying %.2f GB/s, adding %.2f GB/s.\n",
                1e6 * result.link().latency(), 1e-9 / result.link().perByte(), 1e-9 / probe.copy(), 1e-9 / probe.add()));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < probe.bytes().length; i++) {
            rows.add(List.of(String.valueOf(probe.bytes()[i]), f("%.2f", 1e6 * probe.oneWay()[i]), f("%.2f", 1e6 * result.link().seconds(probe.bytes()[i]))));
        }
        table(out, List.of("bytes", "µs", "α + β·bytes"), rows);
    }

    private void cluster(StringBuilder out) {
        out.append(String.format(Locale.ROOT, """

                ### On paper: a cluster
                Assumed: 100 Gbit/s and 2 µs between any two nodes at once; a node as fast as %.0f threads here (64 cores at 60 %%); one process a node, of which one thread copies
                and adds. Efficiency with %,d examples a node in every step; speed-up with %,d examples in every step, however many nodes.
                """, ScalingPlan.SPEED, ScalingPlan.EXAMPLES, ScalingPlan.BATCH));
        List<String> head = new ArrayList<>(List.of("nodes"));
        plans().keySet().forEach(name -> head.addAll(List.of(name + ": ms", "efficiency", "speed-up")));
        List<List<String>> rows = new ArrayList<>();
        for (int nodes : NODES) {
            List<String> row = new ArrayList<>(List.of(String.format(Locale.ROOT, "%,d", nodes)));
            plans().values().forEach(p -> row.addAll(List.of(f("%.2f", 1e3 * p.plan.growing(nodes, p.reduction)), f("%.0f %%", 100 * p.plan.efficiency(nodes, p.reduction)),
                    f("%.1f", p.plan.speedup(nodes, p.reduction)))));
            rows.add(row);
        }
        table(out, head, rows);
        out.append("\nDoubling the nodes makes a step of ").append(String.format(Locale.ROOT, "%,d", ScalingPlan.BATCH)).append(" examples at least 1.5 times as fast up to ")
                .append(plans().entrySet().stream().map(p -> p.getValue().plan.end(p.getValue().reduction) + " nodes (" + p.getKey() + ")")
                        .collect(Collectors.joining(", "))).append(".\n");
    }

    private record Planned(ScalingPlan plan, Reduction reduction) {
    }

    private Map<String, Planned> plans() {
        Map<String, Planned> plans = new LinkedHashMap<>();
        for (ScalingResult.Case one : result.cases()) {
            for (Configuration c : TOGETHER) {
                plans.put(one.name + ", " + low(c), new Planned(ScalingPlan.of(result, one), c.reduction));
            }
        }
        return plans;
    }

    /// Everything from which the text was made.
    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("environment", environment.run());
        all.put("others", others);
        all.put("probe", result.probe());
        all.put("link", result.link());
        for (ScalingResult.Case one : result.cases()) {
            Map<String, Object> steps = new LinkedHashMap<>();
            for (Configuration c : Configuration.values()) {
                Map<String, Object> step = new LinkedHashMap<>();
                step.put("seconds", one.seconds(c));
                if (c.processes > 1) {
                    step.put("predicted", result.predicted(one, c));
                    step.put("exchange", one.exchange(c));
                    step.put("bytes_sent", one.sent(c));
                }
                steps.put(low(c), step);
            }
            all.put(one.name, Map.of("work", one.work(), "steps", steps));
        }
        all.put("claims", claims());
        return all;
    }

    String picture() {
        LinePlot plot = new LinePlot("Predicted efficiency on a cluster, " + ScalingPlan.EXAMPLES + " examples a node",
                "nodes, 2 to the power of", "% of the nodes' time").size(620, 300).fromZero();
        String[] styles = {"hyper", "both", "hypo", "middle"};
        int line = 0;
        for (Map.Entry<String, Planned> one : plans().entrySet()) {
            double[] x = new double[11];
            double[] y = new double[11];
            for (int i = 0; i < x.length; i++) {
                x[i] = i;
                y[i] = 100 * one.getValue().plan.efficiency(1 << i, one.getValue().reduction);
            }
            plot.add(new LinePlot.Line(one.getKey(), styles[line++], x, y));
        }
        return plot.draw().standalone();
    }

    private static String low(Configuration c) {
        return c.name().toLowerCase(Locale.ROOT);
    }

    private static String f(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }

    private static void table(StringBuilder out, List<String> head, List<List<String>> rows) {
        out.append("\n| ").append(String.join(" | ", head)).append(" |\n|").append("---|".repeat(head.size())).append('\n');
        rows.forEach(row -> out.append("| ").append(String.join(" | ", row)).append(" |\n"));
    }
}
