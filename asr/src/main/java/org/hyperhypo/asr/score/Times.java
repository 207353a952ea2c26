package org.hyperhypo.asr.score;

import java.util.Comparator;
import java.util.List;

/// Times in CTM and STM files.
final class Times {
    private Times() {
    }

    /// A number of seconds, finite and not below 0; NaN for anything else.
    static double parse(String text) {
        // Double.parseDouble would also take 0x1p3, 1f and Infinity.
        if (text.isEmpty() || text.chars().anyMatch(c -> "0123456789.eE+-".indexOf(c) < 0)) {
            return Double.NaN;
        }
        try {
            double t = Double.parseDouble(text);
            return t >= 0 && t < Double.POSITIVE_INFINITY ? t : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    static void sort(List<Ctm.Word> words) {
        words.sort(Comparator.comparingDouble(Ctm.Word::start));
    }
}
