package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// Horizontal bars, one row each, made of stacked parts; the sum is written at the end.
public final class BarPlot {
    private static final double ROW = 20;
    private static final double TOP = 26;

    /// @param parts lengths, in the order of the plot's parts; NaN counts as not measured
    public record Bar(String label, double[] parts, String numbers) {
        boolean isHeading() {
            return parts.length == 0;
        }
    }

    private final String title;
    private final String xLabel;
    private final String[] names;
    private final String[] styles;
    private final List<Bar> bars = new ArrayList<>();
    private double width = 480;
    private double end = Double.NaN;

    /// `names` and `styles` (classes of `plot.css`) of the parts, shown as a legend above.
    public BarPlot(String title, String xLabel, String[] names, String[] styles) {
        this.title = title;
        this.xLabel = xLabel;
        this.names = names.clone();
        this.styles = styles.clone();
    }

    public BarPlot width(double width) {
        this.width = width;
        return this;
    }

    /// Ends the axis and every bar at `end`, a limit; numbers then stand beyond it. Without it the longest bar decides.
    public BarPlot upTo(double end) {
        this.end = end;
        return this;
    }

    public BarPlot add(Bar bar) {
        bars.add(bar);
        return this;
    }

    public BarPlot heading(String text) {
        bars.add(new Bar(text, new double[0], ""));
        return this;
    }

    public Svg draw() {
        double bottom = TOP + bars.size() * ROW + 4;
        Svg svg = new Svg(width, bottom + 40, title);
        double left = bars.stream().filter(b -> !b.isHeading()).mapToDouble(b -> Svg.textWidth(b.label())).max().orElse(0) + 10;
        double right = bars.stream().mapToDouble(b -> Svg.textWidth(b.numbers())).max().orElse(0) + 10;
        double[] sums = bars.stream().mapToDouble(b -> DoubleStream.of(b.parts()).sum()).toArray();
        Scale x = new Scale(0, Double.isNaN(end) ? Scale.range(true, sums)[1] : end, left, width - right);
        double at = left;
        for (int i = 0; i < names.length; i++) {
            svg.rect(at, 6, 10, 10, "fill " + styles[i], null);
            svg.text(at + 15, 15, names[i], "label");
            at += 30 + Svg.textWidth(names[i]);
        }
        Axes.below(svg, x, TOP, bottom, 6, xLabel);
        if (!Double.isNaN(end)) svg.line(x.at(end), TOP, x.at(end), bottom, "zero");
        double y = TOP;
        for (Bar bar : bars) {
            y += ROW;
            if (bar.isHeading()) {
                svg.text(0, y - 4, bar.label(), "heading");
                continue;
            }
            svg.text(left - 8, y - 5, bar.label(), "label end");
            double sum = 0;
            for (int i = 0; i < bar.parts().length; i++) {
                double part = bar.parts()[i];
                if (!(part > 0)) continue;
                svg.rect(x.at(sum), y - ROW + 4, x.at(Math.min(sum + part, x.high())) - x.at(sum), ROW - 7, "fill " + styles[i], bar.label() + ", "
                    + names[i] + ": " + Text.significant(part));
                sum += part;
            }
            svg.text((Double.isNaN(end) ? x.at(sum) : x.at(end)) + 6, y - 5, DoubleStream.of(bar.parts()).anyMatch(Double::isNaN) ? "not measured" : bar.numbers(),
                "numbers");
        }
        return svg;
    }
}
