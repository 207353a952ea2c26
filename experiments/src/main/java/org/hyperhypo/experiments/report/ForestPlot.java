package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// One row per quantity: its name, a point with an interval, small marks for single values (replicates), and the numbers.
public final class ForestPlot {
    private static final double ROW = 22;
    private static final double TOP = 10;

    /// @param points single values drawn as small marks, may be empty
    /// @param style  class of `plot.css`; a row whose value is NaN and that has no points is a heading
    public record Row(String label, double value, double low, double high, double[] points, String style, String numbers) {
        static Row heading(String label) {
            return new Row(label, Double.NaN, Double.NaN, Double.NaN, new double[0], "", "");
        }

        boolean isHeading() {
            return Double.isNaN(value) && points.length == 0 && numbers.isEmpty();
        }
    }

    private final String title;
    private final String xLabel;
    private final List<Row> rows = new ArrayList<>();
    private double width = 640;
    private boolean zero;
    private String leftHint = "";
    private String rightHint = "";

    public ForestPlot(String title, String xLabel) {
        this.title = title;
        this.xLabel = xLabel;
    }

    public ForestPlot width(double width) {
        this.width = width;
        return this;
    }

    /// Holds 0 and marks it with a line; the hints say what either side of it means.
    public ForestPlot aroundZero(String left, String right) {
        zero = true;
        leftHint = left;
        rightHint = right;
        return this;
    }

    public ForestPlot add(Row row) {
        rows.add(row);
        return this;
    }

    public Svg draw() {
        double hints = leftHint.isEmpty() ? 0 : 18;
        double height = TOP + rows.size() * ROW + hints + 42;
        double bottom = TOP + rows.size() * ROW + hints;
        Svg svg = new Svg(width, height, title);
        Scale x = scale();
        Axes.below(svg, x, TOP, bottom, width < 450 ? 5 : 7, xLabel);
        if (zero) svg.line(x.at(0), TOP, x.at(0), bottom, "zero");
        double y = TOP;
        for (Row row : rows) {
            y += ROW;
            draw(svg, row, x, y - ROW / 2);
        }
        if (!leftHint.isEmpty()) {
            double centre = Math.clamp(x.at(0), x.from() + Svg.textWidth(leftHint) + 8, x.to() - Svg.textWidth(rightHint) - 8);
            svg.text(centre - 8, bottom - 5, leftHint, "hint end");
            svg.text(centre + 8, bottom - 5, rightHint, "hint");
        }
        return svg;
    }

    /// The x scale, between the names on the left and the numbers on the right.
    Scale scale() {
        double left = rows.stream().filter(r -> !r.isHeading()).mapToDouble(r -> Svg.textWidth(r.label())).max().orElse(0) + 14;
        double right = rows.stream().mapToDouble(r -> Svg.textWidth(r.numbers())).max().orElse(0);
        double[] values = rows.stream()
            .flatMapToDouble(r -> DoubleStream.concat(DoubleStream.of(r.value(), r.low(), r.high()), DoubleStream.of(r.points())))
            .toArray();
        double[] range = Scale.range(false, zero ? DoubleStream.concat(DoubleStream.of(values), DoubleStream.of(0)).toArray() : values);
        return new Scale(range[0], range[1], left, width - (right > 0 ? right + 18 : 8));
    }

    private void draw(Svg svg, Row row, Scale x, double y) {
        if (row.isHeading()) {
            svg.text(0, y + 6, row.label(), "heading");
            return;
        }
        svg.text(x.from() - 12, y + 4, row.label(), "label end");
        StringBuilder marks = new StringBuilder();
        for (double point : row.points()) {
            if (!Double.isNaN(point)) marks.append('M').append(Svg.n(x.at(point))).append(' ').append(Svg.n(y - 4)).append("v8");
        }
        String tip = row.label() + ": " + row.numbers();
        if (!marks.isEmpty()) svg.path(marks.toString(), "marks " + row.style(), tip + "\nsingle values: " + Text.list(row.points()));
        if (!Double.isNaN(row.low()) && !Double.isNaN(row.high())) {
            svg.path("M" + Svg.n(x.at(row.low())) + ' ' + Svg.n(y) + "H" + Svg.n(x.at(row.high())), "interval " + row.style(), tip);
        }
        if (!Double.isNaN(row.value())) svg.circle(x.at(row.value()), y, 4, "point " + row.style(), tip);
        else svg.text((x.from() + x.to()) / 2, y + 4, "not measured", "hint mid");
        svg.text(width, y + 4, row.numbers(), "numbers end");
    }
}
