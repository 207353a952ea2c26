package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// Lines over a common x, each with an optional band and its name written at its right end.
public final class LinePlot {
    private static final double TOP = 30;
    private static final double BELOW = 42;

    /// @param low  lower edge of the band, null for none; a NaN y is a gap in the line
    /// @param style class of `plot.css` that gives the colour
    public record Line(String name, String style, double[] x, double[] y, double[] low, double[] high) {
        public Line(String name, String style, double[] x, double[] y) {
            this(name, style, x, y, null, null);
        }
    }

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Line> lines = new ArrayList<>();
    private double width = 340;
    private double height = 230;
    private boolean fromZero;
    private double reference = Double.NaN;

    public LinePlot(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    public LinePlot size(double width, double height) {
        this.width = width;
        this.height = height;
        return this;
    }

    public LinePlot fromZero() {
        fromZero = true;
        return this;
    }

    /// A dashed line across at `y`.
    public LinePlot reference(double y) {
        reference = y;
        return this;
    }

    public LinePlot add(Line line) {
        lines.add(line);
        return this;
    }

    public Svg draw() {
        Svg svg = new Svg(width, height, title);
        double names = lines.stream().mapToDouble(l -> 1.12 * Svg.textWidth(l.name())).max().orElse(0);
        double[] xs = range(lines.stream().flatMapToDouble(l -> DoubleStream.of(l.x())));
        double[] all = DoubleStream.concat(DoubleStream.of(reference), lines.stream().flatMapToDouble(LinePlot::heights)).toArray();
        double[] ys = Scale.range(fromZero, all);
        Scale y = new Scale(ys[0], ys[1], height - BELOW, TOP);
        double left = 14 + Svg.textWidth(longest(y.ticks(8)));
        Scale x = new Scale(xs[0], xs[1], left, width - names - 12);
        Axes.beside(svg, y, left, x.to(), 8, yLabel);
        Axes.below(svg, x, height - BELOW, height - BELOW, 7, xLabel);
        if (!Double.isNaN(reference)) svg.line(left, y.at(reference), x.to(), y.at(reference), "ref");
        for (Line line : lines) band(svg, line, x, y);
        for (Line line : lines) stroke(svg, line, x, y);
        labels(svg, x, y);
        return svg;
    }

    private static double[] range(DoubleStream values) {
        double[] real = values.filter(Double::isFinite).toArray();
        double low = DoubleStream.of(real).min().orElse(0);
        double high = DoubleStream.of(real).max().orElse(1);
        return new double[] {low, high > low ? high : low + 1};
    }

    private static DoubleStream heights(Line line) {
        DoubleStream y = DoubleStream.of(line.y());
        return line.low() == null ? y : DoubleStream.concat(y,
            DoubleStream.concat(DoubleStream.of(line.low()), DoubleStream.of(line.high())));
    }

    private static String longest(Ticks t) {
        String longest = "";
        for (int i = 0; i < t.count(); i++) if (t.label(i).length() > longest.length()) longest = t.label(i);
        return longest;
    }

    private static void band(Svg svg, Line line, Scale x, Scale y) {
        if (line.low() == null) return;
        StringBuilder there = new StringBuilder();
        StringBuilder back = new StringBuilder();
        for (int i = 0; i < line.x().length; i++) {
            if (Double.isNaN(line.low()[i]) || Double.isNaN(line.high()[i])) continue;
            there.append(there.isEmpty() ? "M" : "L").append(Svg.n(x.at(line.x()[i]))).append(' ').append(Svg.n(y.at(line.high()[i])));
            back.insert(0, "L" + Svg.n(x.at(line.x()[i])) + ' ' + Svg.n(y.at(line.low()[i])));
        }
        if (!there.isEmpty()) svg.path(there.append(back).append('Z').toString(), "band " + line.style(), null);
    }

    private static void stroke(Svg svg, Line line, Scale x, Scale y) {
        StringBuilder d = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        boolean pen = false;
        StringBuilder tip = new StringBuilder(line.name());
        for (int i = 0; i < line.x().length; i++) {
            if (Double.isNaN(line.y()[i])) {
                pen = false;
                continue;
            }
            String at = Svg.n(x.at(line.x()[i])) + ' ' + Svg.n(y.at(line.y()[i]));
            d.append(pen ? "L" : "M").append(at);
            dots.append('M').append(at).append("h0");
            tip.append('\n').append(Csv.number(line.x()[i])).append(": ").append(Text.significant(line.y()[i]));
            pen = true;
        }
        if (d.isEmpty()) return;
        svg.path(d.toString(), "line " + line.style(), tip.toString());
        svg.path(dots.toString(), "dots " + line.style(), null);
    }

    private void labels(Svg svg, Scale x, Scale y) {
        double[] ends = lines.stream().mapToDouble(l -> {
            double[] known = DoubleStream.of(l.y()).filter(v -> !Double.isNaN(v)).toArray();
            return known.length == 0 ? Double.NaN : y.at(known[known.length - 1]);
        }).toArray();
        double[] places = Axes.spread(ends, 13.5, TOP - 4, height - BELOW);
        for (int i = 0; i < ends.length; i++) {
            if (!Double.isNaN(ends[i])) svg.text(x.to() + 8, places[i] + 4, lines.get(i).name(), "name " + lines.get(i).style());
        }
    }
}
