package org.hyperhypo.experiments.report;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/// A grid of coloured cells with their numbers; cells marked by the caller have a frame.
public final class HeatMap {
    static final int LEVELS = 11;
    private static final double ROW = 26;
    private static final double TOP = 44;

    private HeatMap() {}

    /// `values[r][c]` under `rows` and `columns`; NaN is an empty cell. `framed` holds `r * columns + c`.
    public static Svg draw(String title, String rowLabel, List<String> rows, String columnLabel, List<String> columns, double[][] values,
                           Set<Integer> framed) {
        return draw(title, rowLabel, rows, columnLabel, columns, values, framed, 1);
    }

    /// The same with so many decimals in the cells.
    static Svg draw(String title, String rowLabel, List<String> rows, String columnLabel, List<String> columns, double[][] values,
                    Set<Integer> framed, int decimals) {
        double left = Math.max(Svg.textWidth(rowLabel), rows.stream().mapToDouble(Svg::textWidth).max().orElse(0)) + 12;
        double cell = Math.clamp((560 - left) / Math.max(1, columns.size()), 40, 64);
        Svg svg = new Svg(left + cell * columns.size() + 4, TOP + ROW * rows.size() + 6, title);
        double[] known = Arrays.stream(values).flatMapToDouble(DoubleStream::of).filter(Double::isFinite).toArray();
        double low = DoubleStream.of(known).min().orElse(0);
        double high = DoubleStream.of(known).max().orElse(1);
        svg.text(left, 14, columnLabel, "axis");
        svg.text(left - 10, TOP - 10, rowLabel, "axis end");
        for (int c = 0; c < columns.size(); c++) svg.text(left + (c + 0.5) * cell, TOP - 10, columns.get(c), "tick mid");
        for (int r = 0; r < rows.size(); r++) {
            double y = TOP + r * ROW;
            svg.text(left - 10, y + ROW / 2 + 4, rows.get(r), "tick end");
            for (int c = 0; c < columns.size(); c++) {
                double v = values[r][c];
                String tip = rowLabel + " " + rows.get(r) + ", " + columnLabel + " " + columns.get(c) + ": "
                    + (Double.isNaN(v) ? "not measured" : Text.significant(v));
                int level = level(v, low, high);
                svg.rect(left + c * cell + 1, y + 1, cell - 2, ROW - 2, Double.isNaN(v) ? "hole" : "s" + level, tip);
                String text = Double.isNaN(v) ? "–" : Text.fixed(v, decimals);
                svg.text(left + (c + 0.5) * cell, y + ROW / 2 + 4, text, Double.isNaN(v) ? "tick mid" : level > LEVELS / 2 ? "dark mid"
                    : "pale mid");
            }
        }
        for (int i : framed.stream().sorted().toList()) {
            svg.rect(left + i % columns.size() * cell + 1, TOP + i / columns.size() * ROW + 1, cell - 2, ROW - 2, "frame", null);
        }
        return svg;
    }

    /// Which of the colour steps a value takes between `low` and `high`.
    static int level(double value, double low, double high) {
        if (!(high > low)) return 0;
        return (int) Math.clamp(Math.floor((value - low) / (high - low) * LEVELS), 0, LEVELS - 1);
    }
}
