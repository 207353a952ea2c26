package org.hyperhypo.experiments.report;

import java.util.Locale;
import java.util.StringJoiner;

/// Numbers as people read them: a true minus, a dash where nothing was measured.
final class Text {
    static final String HOLE = "–";

    private Text() {}

    static String fixed(double value, int decimals) {
        if (Double.isNaN(value)) return HOLE;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        if (text.startsWith("-") && text.chars().noneMatch(c -> c >= '1' && c <= '9')) text = text.substring(1);
        return text.replace('-', '−');
    }

    /// With a sign: "+0.12", "−0.82", "0.00".
    static String signed(double value, int decimals) {
        String text = fixed(value, decimals);
        boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
        return value > 0 && !zero ? "+" + text : text;
    }

    /// "[−1.30, −0.35]", or a dash.
    static String interval(double low, double high) {
        return Double.isNaN(low) || Double.isNaN(high) ? HOLE : "[" + fixed(low, 2) + ", " + fixed(high, 2) + "]";
    }

    /// Thousands apart: "12,345".
    static String count(double value) {
        return Double.isNaN(value) ? HOLE : String.format(Locale.ROOT, "%,d", Math.round(value)).replace('-', '−');
    }

    /// About three digits: "0.0123", "4.57", "1,234".
    static String significant(double value) {
        if (Double.isNaN(value)) return HOLE;
        double size = Math.abs(value);
        if (size >= 1000) return count(value);
        if (size == 0) return "0";
        int decimals = (int) Math.clamp(2 - Math.floor(Math.log10(size)), 0, 6);
        String text = fixed(value, decimals);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    /// A share as a percentage.
    static String percent(double share, int decimals) {
        return Double.isNaN(share) ? HOLE : fixed(100 * share, decimals) + " %";
    }

    /// A p value: "0.034", "< 0.001".
    static String probability(double p) {
        return Double.isNaN(p) ? HOLE : p < 0.001 ? "< 0.001" : fixed(p, 3);
    }

    static String list(double... values) {
        StringJoiner joiner = new StringJoiner(", ");
        for (double value : values) joiner.add(signed(value, 2));
        return joiner.toString();
    }

    /// Control characters and line ends become spaces.
    static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    static String plural(long count, String one, String many) {
        return count(count) + " " + (count == 1 ? one : many);
    }
}
