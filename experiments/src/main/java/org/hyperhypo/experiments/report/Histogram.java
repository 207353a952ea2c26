package org.hyperhypo.experiments.report;

import java.util.stream.IntStream;

/// How many values fall where: filled bars for one sample and, if given, a stepped outline for another.
public final class Histogram {
    private static final double TOP = 48;
    private static final double BELOW = 42;

    private Histogram() {}

    /// Values are counted in `bins` equal bins from `low` to `high`, the last one closed; others are left out.
    public static Svg draw(String title, String xLabel, double low, double high, int bins, String name, double[] values,
        String otherName, double[] other) {
        double width = 440;
        double height = 290;
        int[] counts = counts(values, low, high, bins);
        int[] before = counts(other, low, high, bins);
        int most = Math.max(1, Math.max(IntStream.of(counts).max().orElse(1), IntStream.of(before).max().orElse(1)));
        Svg svg = new Svg(width, height, title);
        Scale y = new Scale(0, most * 1.05, height - BELOW, TOP);
        Scale x = new Scale(low, high, 16 + Svg.textWidth(String.valueOf(most)), width - 10);
        Axes.beside(svg, y, x.from(), x.to(), 6, "neurons");
        Axes.below(svg, x, height - BELOW, height - BELOW, 6, xLabel);
        double step = (high - low) / bins;
        StringBuilder outline = new StringBuilder();
        for (int i = 0; i < bins; i++) {
            double from = x.at(low + i * step);
            double to = x.at(low + (i + 1) * step);
            String tip = Text.fixed(low + i * step, 2) + " to " + Text.fixed(low + (i + 1) * step, 2) + ": " + counts[i] + " " + name
                + (other.length > 0 ? ", " + before[i] + " " + otherName : "");
            if (counts[i] > 0) svg.rect(from + 0.5, y.at(counts[i]), to - from - 1, y.from() - y.at(counts[i]), "fill main", tip);
            outline.append(i == 0 ? "M" + Svg.n(from) + ' ' + Svg.n(y.from()) : "").append('V').append(Svg.n(y.at(before[i]))).append('H')
                .append(Svg.n(to));
        }
        svg.rect(6, 4, 10, 10, "fill main", null).text(21, 13, name, "label");
        if (other.length > 0) {
            svg.path(outline.append('V').append(Svg.n(y.from())).toString(), "outline", otherName);
            double at = 40 + Svg.textWidth(name);
            svg.line(at, 9, at + 14, 9, "outline").text(at + 20, 13, otherName, "label");
        }
        return svg;
    }

    private static int[] counts(double[] values, double low, double high, int bins) {
        int[] counts = new int[bins];
        for (double v : values) {
            if (v >= low && v <= high) counts[Math.min(bins - 1, (int) ((v - low) / (high - low) * bins))]++;
        }
        return counts;
    }
}
