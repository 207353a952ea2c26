package org.hyperhypo.experiments.report;

import java.util.Locale;

/// Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten.
///
/// @param step     distance of two ticks
/// @param first    the least tick inside the range
/// @param count    how many there are
/// @param decimals digits after the point that tell them apart
record Ticks(double step, double first, int count, int decimals) {

    /// The finest round step that needs at most `most` (2 or more) ticks between `low` and `high`.
    static Ticks of(double low, double high, int most) {
        if (!(high > low) || Double.isInfinite(high - low)) throw new IllegalArgumentException("no range from " + low + " to " + high);
        int power = (int) Math.floor(Math.log10((high - low) / most)) - 1;
        while (true) {
            for (int digit : new int[] {1, 2, 5}) {
                double step = power < 0 ? digit / Math.pow(10, -power) : digit * Math.pow(10, power);
                long from = (long) Math.ceil(low / step - 1e-9);
                long to = (long) Math.floor(high / step + 1e-9);
                if (to - from + 1 <= most) return new Ticks(step, from * step, (int) (to - from + 1), Math.max(0, -power));
            }
            power++;
        }
    }

    double at(int i) {
        double value = (Math.round(first / step) + i) * step;
        return value == 0 ? 0 : value;
    }

    /// With a true minus sign.
    String label(int i) {
        return String.format(Locale.ROOT, "%." + decimals + "f", at(i)).replace('-', '−');
    }
}
