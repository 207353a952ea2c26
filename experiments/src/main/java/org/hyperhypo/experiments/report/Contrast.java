package org.hyperhypo.experiments.report;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyperhypo.asr.score.Holm;

/// The difference of two systems in word error rate, in points: negative means that the first made fewer errors.
///
/// @param p two-sided, before correction
/// @param replicates the same difference in each replicate
/// @param speakerLow, speakerHigh interval with speakers drawn in place of utterances; NaN where there is one speaker
/// @param matched p of the matched-pairs sentence-segment word error test
record Contrast(String name, String condition, double difference, double low, double high, double p, double[] replicates, double words,
                double speakerLow, double speakerHigh, double matched) {

    /// The contrasts declared before any result was seen (method, section 7).
    static final List<String> DECLARED = List.of("A7-A1", "A7-A9", "A7-A8", "A6-A3", "removal-A0");

    enum Verdict {
        /// The whole interval lies below 0.
        BETTER,
        /// The whole interval lies above 0.
        WORSE,
        /// The interval holds 0.
        UNDECIDED,
        MISSING
    }

    static List<Contrast> of(Results results) {
        return results.rows("contrasts").stream()
            .map(r -> new Contrast(normal(r.text("contrast")), r.text("condition"), r.number("difference"), r.number("low"),
            r.number("high"), r.number("p"), values(r.text("replicates")), r.number("words"),
            r.number("speaker_low"), r.number("speaker_high"), r.number("mapsswe_p"))).toList();
    }

    private static String normal(String name) {
        String plain = name.replace('−', '-').replace(" ", "");
        return plain.toLowerCase(Locale.ROOT).matches("(best)?removal(-a0)?") ? "removal-A0" : plain;
    }

    private static double[] values(String cell) {
        return Arrays.stream(cell.split(";")).filter(s -> !s.isBlank()).mapToDouble(s -> {
            try {
                return Double.parseDouble(s.strip());
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }).toArray();
    }

    /// The contrast over all conditions; where only one condition was measured, that one.
    static Optional<Contrast> overall(List<Contrast> contrasts, String name) {
        List<Contrast> named = contrasts.stream().filter(c -> c.name().equals(name)).toList();
        return named.stream().filter(c -> c.condition().equals(ArmResult.ALL)).findFirst()
            .or(() -> named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty());
    }

    static Verdict verdict(Optional<Contrast> contrast) {
        return contrast.map(Contrast::verdict).orElse(Verdict.MISSING);
    }

    Verdict verdict() {
        if (Double.isNaN(low) || Double.isNaN(high) || Double.isNaN(difference)) return Verdict.MISSING;
        return high < 0 ? Verdict.BETTER : low > 0 ? Verdict.WORSE : Verdict.UNDECIDED;
    }

    /// "A7 − A1" as people read it.
    String label() {
        return name.equals("removal-A0") ? "best removal − A0" : name.replace("-A", " − A");
    }

    /// "−0.82 [−1.30, −0.35]".
    String numbers() {
        return Text.signed(difference, 2) + " " + Text.interval(low, high);
    }

    String inWords() {
        return label() + ": " + Text.signed(difference, 2) + " points " + Text.interval(low, high);
    }

    /// Holm's step-down correction over the declared contrasts that were measured over all conditions.
    static Map<String, Double> holm(List<Contrast> contrasts) {
        List<Contrast> family = DECLARED.stream().flatMap(n -> overall(contrasts, n).stream()).filter(c -> c.p() >= 0 && c.p() <= 1).toList();
        double[] adjusted = Holm.adjust(family.stream().mapToDouble(Contrast::p).toArray());
        Map<String, Double> corrected = new HashMap<>();
        for (int i = 0; i < adjusted.length; i++) corrected.put(family.get(i).name(), adjusted[i]);
        return corrected;
    }

    /// The smallest difference in points that `words` test words can show at 5 % discordant words: 1.96 · √(0.05 / words).
    static double detectable(double words) {
        return words > 0 ? 100 * 1.96 * Math.sqrt(0.05 / words) : Double.NaN;
    }
}
