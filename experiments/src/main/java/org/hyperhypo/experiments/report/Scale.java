package org.hyperhypo.experiments.report;

/// Maps values from `low` to `high` onto coordinates from `from` to `to`.
record Scale(double low, double high, double from, double to) {

    /// A range that holds every finite value (and 0 if asked), widened a little; 0 to 1 where there is none.
    static double[] range(boolean zero, double... values) {
        double low = zero ? 0 : Double.POSITIVE_INFINITY;
        double high = zero ? 0 : Double.NEGATIVE_INFINITY;
        for (double v : values) {
            if (!Double.isFinite(v)) continue;
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        if (low > high) return new double[] {0, 1};
        if (low == high) {
            double half = low == 0 ? 1 : Math.abs(low) * 0.1;
            return new double[] {zero && low >= 0 ? 0 : low - half, high + half};
        }
        double margin = (high - low) * 0.05;
        return new double[] {zero && low == 0 ? 0 : low - margin, zero && high == 0 ? 0 : high + margin};
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    Ticks ticks(int most) {
        return Ticks.of(low, high, most);
    }
}
