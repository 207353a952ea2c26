package org.hyperhypo.experiments.report;

import java.util.Arrays;
import java.util.Comparator;

/// Axes and labels shared by the plots.
final class Axes {
    private Axes() {}

    /// Grid lines upwards from the ticks of x, their numbers and the axis label below `bottom`.
    static void below(Svg svg, Scale x, double top, double bottom, int ticks, String label) {
        Ticks t = x.ticks(ticks);
        for (int i = 0; i < t.count(); i++) {
            double at = x.at(t.at(i));
            svg.line(at, top, at, bottom, "grid");
            svg.text(at, bottom + 15, t.label(i), "tick mid");
        }
        svg.text((x.from() + x.to()) / 2, bottom + 32, label, "axis mid");
    }

    /// Grid lines across from the ticks of y, numbers left of `left`, the axis label above them.
    static void beside(Svg svg, Scale y, double left, double right, int ticks, String label) {
        Ticks t = y.ticks(ticks);
        for (int i = 0; i < t.count(); i++) {
            double at = y.at(t.at(i));
            svg.line(left, at, right, at, "grid");
            svg.text(left - 6, at + 4, t.label(i), "tick end");
        }
        svg.text(2, Math.min(y.from(), y.to()) - 10, label, "axis");
    }

    /// Moves labels apart: at least `gap` between neighbours, inside low..high where they fit, each as near its place as a few
    /// passes bring it; the order of places is kept. Labels without a place (NaN) stay so.
    static double[] spread(double[] places, double gap, double low, double high) {
        Integer[] order = new Integer[places.length];
        Arrays.setAll(order, i -> i);
        Integer[] real = Arrays.stream(order).filter(i -> !Double.isNaN(places[i])).sorted(Comparator.comparingDouble(i -> places[i]))
            .toArray(Integer[]::new);
        double[] moved = places.clone();
        for (int pass = 0; pass < 100; pass++) {
            for (int k = 1; k < real.length; k++) {
                double short1 = gap - (moved[real[k]] - moved[real[k - 1]]);
                if (short1 > 0) {
                    moved[real[k]] += short1 / 2;
                    moved[real[k - 1]] -= short1 / 2;
                }
            }
            for (int i : real) moved[i] = Math.clamp(moved[i], Math.min(low, high), Math.max(low, high));
        }
        for (int k = 1; k < real.length; k++) moved[real[k]] = Math.max(moved[real[k]], moved[real[k - 1]] + gap);
        return moved;
    }
}
