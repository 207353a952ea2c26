package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// Many points in few groups; a group is one path, so a thousand neurons stay small.
public final class Scatter {
    private static final double TOP = 48;
    private static final double BELOW = 42;

    public record Group(String name, String style, double[] x, double[] y) {}

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Group> groups = new ArrayList<>();

    public Scatter(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /// Later groups are drawn above earlier ones.
    public Scatter add(Group group) {
        groups.add(group);
        return this;
    }

    public Svg draw(double width, double height) {
        Svg svg = new Svg(width, height, title);
        double[] xs = Scale.range(true, groups.stream().flatMapToDouble(g -> DoubleStream.of(g.x())).toArray());
        double[] ys = Scale.range(true, groups.stream().flatMapToDouble(g -> DoubleStream.of(g.y())).toArray());
        Scale x = new Scale(xs[0], xs[1], 40, width - 10);
        Scale y = new Scale(ys[0], ys[1], height - BELOW, TOP);
        Axes.beside(svg, y, 40, width - 10, 6, yLabel);
        Axes.below(svg, x, height - BELOW, height - BELOW, 6, xLabel);
        double at = 6;
        for (Group group : groups) {
            StringBuilder d = new StringBuilder();
            int count = 0;
            for (int i = 0; i < group.x().length; i++) {
                if (Double.isNaN(group.x()[i]) || Double.isNaN(group.y()[i])) continue;
                d.append('M').append(Svg.n(x.at(group.x()[i]))).append(' ').append(Svg.n(y.at(group.y()[i]))).append("h0");
                count++;
            }
            String label = group.name() + " " + count;
            if (count > 0) svg.path(d.toString(), "cloud " + group.style(), label + " neurons");
            svg.circle(at, 9, 4, "point " + group.style(), null);
            svg.text(at + 9, 13, label, "label");
            at += 24 + Svg.textWidth(label);
        }
        return svg;
    }
}
