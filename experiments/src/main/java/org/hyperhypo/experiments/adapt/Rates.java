package org.hyperhypo.experiments.adapt;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hyperhypo.experiments.adapt.Arm.Change;
import org.hyperhypo.experiments.adapt.Arm.Trained;

/// The learning rate of every kind of stage, a kind being which neurons are trained and how ([#kind]). A stage of one kind has one rate in
/// whatever arm it stands, so the first stage of A7 is A6.
///
/// @param byKind rates chosen on other speech; a kind that is not there has the rate of its family
public record Rates(Family family, Map<String, Double> byKind) {

    /// Rates picked beforehand, for families of kinds: few parameters may each move further than many.
    ///
    /// @param everything all parameters, the convolutions, or the outputs
    /// @param selected   chosen neurons
    /// @param dense      whole hidden FC layers
    /// @param scales     LHUC; `entropy` the same without labels
    public record Family(double everything, double selected, double dense, double scales, double entropy) {
    }

    public Rates {
        byKind = Collections.unmodifiableMap(new TreeMap<>(byKind));
    }

    public Rates(Family family) {
        this(family, Map.of());
    }

    public double of(Trained trained, Change change) {
        Double chosen = byKind.get(kind(trained, change));
        return chosen != null ? chosen : switch (change) {
            case SCALES -> family.scales;
            case SCALES_AND_BIASES_BY_ENTROPY -> family.entropy;
            case REMOVED -> throw new IllegalArgumentException("nothing learns where neurons are removed");
            case WEIGHTS, WEIGHTS_NEAR_SOURCE, WEIGHTS_BY_REFERENCE -> switch (trained) {
                case EVERYTHING, CONVOLUTIONS, OUTPUT -> family.everything;
                case FIRST_DENSE, LAST_DENSE, HIDDEN_DENSE -> family.dense;
                case HYPO, HYPER, BOTH, RANDOM, MIDDLE -> family.selected;
            };
        };
    }

    /// The same with one more rate chosen.
    public Rates with(String kind, double rate) {
        Map<String, Double> more = new TreeMap<>(byKind);
        more.put(kind, rate);
        return new Rates(family, more);
    }

    /// A kind of stage in words: "both: weights".
    public static String kind(Trained trained, Change change) {
        return (trained + ": " + change).toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
