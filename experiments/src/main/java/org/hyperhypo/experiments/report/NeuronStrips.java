package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.List;

/// Every neuron as one cell, one row of cells per layer, sorted by activity rate: blue is never active (hypo), orange always
/// active (hyper), grey in between. Under each row a thinner one shows the same neurons, in the same order, before training.
public final class NeuronStrips {
    private static final double STRIP = 22;
    private static final double THIN = 9;
    private static final double ROW = STRIP + THIN + 15;

    /// @param rates   one per neuron, already sorted
    /// @param initial of the same neurons before training, NaN where unknown
    public record Layer(String name, double[] rates, double[] initial) {}

    private NeuronStrips() {}

    public static Svg draw(String title, List<Layer> layers) {
        double width = 720;
        double left = 10 + layers.stream().mapToDouble(l -> Svg.textWidth(l.name())).max().orElse(0);
        double top = 34;
        Svg svg = new Svg(width, top + ROW * layers.size(), title);
        legend(svg, left);
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            double y = top + i * ROW;
            svg.text(left - 10, y + STRIP / 2 + 4, layer.name(), "label end");
            strip(svg, layer.rates(), left, width, y, STRIP, "after training");
            strip(svg, layer.initial(), left, width, y + STRIP + 2, THIN, "before training, same order");
        }
        return svg;
    }

    private static void legend(Svg svg, double left) {
        svg.text(left, 13, "hypo: never active", "name hypo");
        double x = left + 1.12 * Svg.textWidth("hypo: never active") + 12;
        for (int i = 0; i < HeatMap.LEVELS; i++) svg.rect(x + i * 14, 3, 14, 12, "d" + i, "activity rate " + span(i));
        svg.text(x + HeatMap.LEVELS * 14 + 10, 13, "hyper: always active", "name hyper");
    }

    /// One path per colour: neighbours of one colour are one run.
    private static void strip(Svg svg, double[] rates, double left, double right, double y, double height, String when) {
        double cell = (right - left) / Math.max(1, rates.length);
        List<StringBuilder> paths = new ArrayList<>();
        int[] counts = new int[HeatMap.LEVELS];
        for (int i = 0; i < HeatMap.LEVELS; i++) paths.add(new StringBuilder());
        for (int from = 0; from < rates.length;) {
            int level = Double.isNaN(rates[from]) ? -1 : HeatMap.level(rates[from], 0, 1);
            int to = from + 1;
            while (to < rates.length && !Double.isNaN(rates[to]) && HeatMap.level(rates[to], 0, 1) == level) to++;
            if (level >= 0) {
                counts[level] += to - from;
                double x = left + from * cell;
                paths.get(level).append('M').append(Svg.n(x)).append(' ').append(Svg.n(y)).append('H').append(Svg.n(left + to * cell))
                    .append('v').append(Svg.n(height)).append('H').append(Svg.n(x)).append('z');
            }
            from = to;
        }
        for (int i = 0; i < HeatMap.LEVELS; i++) {
            if (counts[i] > 0) svg.path(paths.get(i).toString(), "d" + i, counts[i] + " of " + rates.length + " neurons with rate "
                + span(i) + ", " + when);
        }
        if (cell >= 2) {
            StringBuilder borders = new StringBuilder();
            for (int i = 1; i < rates.length; i++) borders.append('M').append(Svg.n(left + i * cell)).append(' ').append(Svg.n(y))
                .append('v').append(Svg.n(height));
            svg.path(borders.toString(), "cells", null);
        }
    }

    private static String span(int level) {
        return Text.fixed((double) level / HeatMap.LEVELS, 2) + " to " + Text.fixed((level + 1.0) / HeatMap.LEVELS, 2);
    }
}
