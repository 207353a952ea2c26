package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.List;

/// Points with an interval each, over a common x, and a grey bar beside each: what chance alone would give. Holds 0 and marks it with a line.
public final class IntervalScatter {
    private static final double TOP = 44;
    private static final double BELOW = 42;
    private static final double LEFT = 40;

    /// @param low, high             the interval
    /// @param bandLow, bandHigh     ends of the grey bar, NaN for none
    /// @param style                 class of `plot.css`
    public record Point(double x, double y, double low, double high, double bandLow, double bandHigh, String style, String tip) {}

    /// A mark and its name above the picture.
    private record Key(String name, String style) {}

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Point> points = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();

    public IntervalScatter(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    public IntervalScatter add(Point point) {
        points.add(point);
        return this;
    }

    public IntervalScatter key(String name, String style) {
        keys.add(new Key(name, style));
        return this;
    }

    public Svg draw(double width, double height) {
        Svg svg = new Svg(width, height, title);
        double[] xs = Scale.range(true, points.stream().mapToDouble(Point::x).toArray());
        double[] ys = Scale.range(true, points.stream().flatMapToDouble(p -> java.util.stream.DoubleStream.of(p.y, p.low, p.high, p.bandLow, p.bandHigh)).toArray());
        Scale x = new Scale(xs[0], xs[1], LEFT + 6, width - 10);
        Scale y = new Scale(ys[0], ys[1], height - BELOW, TOP);
        Axes.beside(svg, y, LEFT, width - 10, 6, yLabel);
        Axes.below(svg, x, height - BELOW, height - BELOW, 6, xLabel);
        for (Point p : points) {
            if (!Double.isNaN(p.bandLow) && !Double.isNaN(p.x)) {
                double top = y.at(p.bandHigh);
                svg.rect(x.at(p.x) - 5, top, 10, Math.max(2, y.at(p.bandLow) - top), "band random", p.tip);
            }
        }
        svg.line(LEFT, y.at(0), width - 10, y.at(0), "zero");
        for (Point p : points) {
            if (Double.isNaN(p.x) || Double.isNaN(p.y)) continue;
            if (!Double.isNaN(p.low) && !Double.isNaN(p.high)) {
                svg.path("M" + Svg.n(x.at(p.x)) + " " + Svg.n(y.at(p.low)) + "V" + Svg.n(y.at(p.high)), "interval " + p.style, p.tip);
            }
            svg.circle(x.at(p.x), y.at(p.y), 4, "point " + p.style, p.tip);
        }
        double at = 6;
        for (Key key : keys) {
            if (key.style.startsWith("band")) svg.rect(at - 4, 4, 10, 10, key.style, null);
            else svg.circle(at, 9, 4, "point " + key.style, null);
            svg.text(at + 10, 13, key.name, "label");
            at += 26 + Svg.textWidth(key.name);
        }
        return svg;
    }
}
