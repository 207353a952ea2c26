package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The pictures of a map of networks.
final class MapPictures {
    private static final List<String> AXES = List.of("optimizer and rate", "scale", "width", "layers", "activation", "epochs");
    private static final List<String> QUANTITIES = List.of("A7-A1", "A7-A9", "A7-A8", "A6-A3", "removal-A0");

    private MapPictures() {}

    /// Benefit (minus the difference) of every network over one of its shares; `band` for the random draws.
    static Svg benefit(MapResults map, String contrast, String share, boolean band, double width) {
        IntervalScatter plot = new IntervalScatter("Benefit of " + MapResults.label(contrast) + " against " + share + " share" + (band ? "" : ", without the band"),
            shareLabel(share), "benefit, points of WER");
        for (Csv.Row network : map.usable()) {
            map.contrast(network, contrast).ifPresent(c -> plot.add(new IntervalScatter.Point(100 * network.number(share), -c.number("difference"),
                -c.number("high"), -c.number("low"), band ? -c.number("random_high") : Double.NaN, band ? -c.number("random_low") : Double.NaN,
                c.number("holds") == 1 ? "key" : "main", tip(network, c))));
        }
        plot.key("benefit demonstrated", "key").key("not", "main");
        return (band ? plot.key("random", "band random") : plot).draw(width, 250);
    }

    private static String tip(Csv.Row network, Csv.Row c) {
        return network.text("network") + "\nsaturated " + Text.percent(network.number("saturated"), 1) + ", of all neurons " + Text.percent(network.number("learned"), 1)
            + " learned\n" + MapResults.label(c.text("contrast")) + " " + Text.signed(c.number("difference"), 2) + " " + Text.interval(c.number("low"), c.number("high"))
            + ", p after Holm " + Text.probability(c.number("p_holm")) + "\nrandom " + Text.interval(c.number("random_low"), c.number("random_high"));
    }

    static String shareLabel(String share) {
        return switch (share) {
            case "learned" -> "neurons saturated by training, %";
            case "inherited" -> "neurons saturated before training and after, %";
            default -> "saturated neurons, %";
        };
    }

    /// Inherited and learned saturation of every network, the most saturated first.
    static Svg origins(MapResults map) {
        BarPlot plot = new BarPlot("Saturated neurons, inherited and learned", "share of the hidden FC neurons, %", new String[] {"inherited", "learned"},
            new String[] {"random", "key"}).width(760);
        map.networks().stream().sorted(Comparator.comparingDouble(row -> -row.number("saturated"))).forEach(row ->
            plot.add(new BarPlot.Bar(row.text("network"), new double[] {100 * row.number("inherited"), 100 * row.number("learned")},
                Text.percent(row.number("saturated"), 1) + ", before " + Text.percent(row.number("initial"), 0))));
        return plot.draw();
    }

    /// For every axis of the grid the networks that differ in nothing else: the largest such group.
    static Map<String, List<Csv.Row>> alongAxes(MapResults map) {
        Map<String, List<Csv.Row>> lines = new LinkedHashMap<>();
        for (String axis : AXES) {
            Map<String, List<Csv.Row>> groups = new LinkedHashMap<>();
            for (Csv.Row row : map.networks()) groups.computeIfAbsent(others(row, axis), key -> new ArrayList<>()).add(row);
            List<Csv.Row> largest = groups.values().stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
            if (largest.size() > 1) lines.put(axis, largest.stream().sorted(Comparator.comparing((Csv.Row r) -> r.text("optimizer"))
                .thenComparingDouble(r -> axis.equals("activation") ? 0 : r.number(axis.startsWith("optimizer") ? "rate" : axis))).toList());
        }
        return lines;
    }

    /// Whatever else a network is.
    static String others(Csv.Row row, String axis) {
        StringBuilder rest = new StringBuilder();
        for (String other : AXES) if (!other.equals(axis)) rest.append(rest.isEmpty() ? "" : ", ").append(value(row, other)).append(unit(other));
        return rest.toString();
    }

    private static String unit(String axis) {
        return switch (axis) {
            case "scale" -> " × initial weights";
            case "width" -> " wide";
            case "layers" -> " layers";
            case "epochs" -> " epochs";
            default -> "";
        };
    }

    private static String value(Csv.Row row, String axis) {
        return axis.startsWith("optimizer") ? row.text("optimizer") + " " + row.text("rate") : row.text(axis);
    }

    /// Shares of neurons, in percent, along an axis.
    static Svg shares(String axis, List<Csv.Row> rows) {
        List<String> shares = List.of("initial", "saturated", "learned");
        double[][] values = rows.stream().map(row -> shares.stream().mapToDouble(share -> 100 * row.number(share)).toArray()).toArray(double[][]::new);
        return HeatMap.draw("Saturated neurons by " + axis + ", percent", axis, labels(axis, rows), "saturated, %", List.of("before", "after", "learned"), values, Set.of());
    }

    /// Benefits along an axis, framed where demonstrated.
    static Svg benefits(MapResults map, String axis, List<Csv.Row> rows) {
        double[][] values = new double[rows.size()][QUANTITIES.size()];
        Set<Integer> framed = new HashSet<>();
        for (int r = 0; r < rows.size(); r++) {
            for (int q = 0; q < QUANTITIES.size(); q++) {
                values[r][q] = map.contrast(rows.get(r), QUANTITIES.get(q)).map(c -> -c.number("difference")).orElse(Double.NaN);
                if (map.holds(rows.get(r), QUANTITIES.get(q))) framed.add(r * QUANTITIES.size() + q);
            }
        }
        return HeatMap.draw("Benefit by " + axis + ", points of WER", axis, labels(axis, rows), "benefit, points",
            List.of("A7−A1", "A7−A9", "A7−A8", "A6−A3", "removal"), values, framed, 2);
    }

    private static List<String> labels(String axis, List<Csv.Row> rows) {
        return rows.stream().map(row -> value(row, axis)).toList();
    }
}
