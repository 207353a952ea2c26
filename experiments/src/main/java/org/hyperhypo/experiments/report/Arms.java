package org.hyperhypo.experiments.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What each arm of the adaptation experiment trains, in one line.
final class Arms {
    private static final Pattern NAME = Pattern.compile("A(\\d+)(.*)");
    private static final Map<String, String> TEXT = new LinkedHashMap<>();

    static {
        TEXT.put("A0", "nothing: the model as trained");
        TEXT.put("A1", "everything, at once (blind adaptation)");
        TEXT.put("A2", "all hidden fully connected layers (control for leaving the convolutions and outputs alone)");
        TEXT.put("A2.conv", "the convolutions");
        TEXT.put("A2.first", "the first hidden fully connected layer");
        TEXT.put("A2.last", "the last hidden fully connected layer");
        TEXT.put("A2.out", "the output layer");
        TEXT.put("A3", "random neurons, as many per layer as A6 (control for the choice of neurons)");
        TEXT.put("A4", "hypo neurons: those with the lowest activity rate");
        TEXT.put("A5", "hyper neurons: those with the highest activity rate");
        TEXT.put("A6", "hyper and hypo neurons");
        TEXT.put("A6m", "middle neurons of the activity ranking, as many per layer as A6 (control for the tails)");
        TEXT.put("A7", "hyper and hypo neurons first, then everything (the paper's procedure)");
        TEXT.put("A8", "random neurons first, then everything (control for the staging)");
        TEXT.put("A9", "everything, for as many epochs as A7 in all (control for the extra epochs)");
        TEXT.put("A10", "middle neurons first, then everything");
        TEXT.put("A11", "hyper and hypo neurons removed (mean-fold), then everything, as many epochs as A1");
        TEXT.put("A12", "one scale per hidden FC neuron (LHUC), no weights");
        TEXT.put("A12.A6", "one scale per hyper and hypo neuron (LHUC), no weights");
        TEXT.put("A13", "held near the source model (KLD regularisation)");
        TEXT.put("A14", "scale and bias of every hidden FC neuron, by entropy minimisation without labels");
        TEXT.put("A15", "with reference transcripts in place of recognised ones (upper bound)");
    }

    /// A1 < A2 < A2-first < A10; anything else after, by name.
    static final Comparator<String> ORDER = Comparator.comparingInt(Arms::number).thenComparing(Comparator.naturalOrder());

    private Arms() {}

    private static int number(String arm) {
        Matcher m = NAME.matcher(arm);
        return m.matches() && m.group(1).length() < 6 ? Integer.parseInt(m.group(1)) : Integer.MAX_VALUE;
    }

    static String describe(String arm) {
        if (TEXT.containsKey(arm)) return TEXT.get(arm);
        Matcher m = NAME.matcher(arm);
        if (!m.matches()) return "";
        String text = TEXT.getOrDefault("A" + m.group(1), "");
        String variant = m.group(2).replaceAll("^[\\s:._-]+", "");
        return variant.isEmpty() ? text : text + ", variant “" + variant + "”";
    }
}
