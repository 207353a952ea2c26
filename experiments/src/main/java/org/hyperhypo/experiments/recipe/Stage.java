package org.hyperhypo.experiments.recipe;

import java.util.List;
import java.util.Locale;

/// The stages of a recipe in their order: first those that others need, one cell a replicate, then those that can be dealt out further.
public enum Stage {
    FEATURES(List.of()),
    TRAINING(List.of(), "training", "alignment"),
    TUNING(List.of(TRAINING), "tuning"),
    RATES(List.of(TUNING), "rates"),
    NEURONS(List.of(TUNING), "neurons", "layers", "criteria", "shift", "cards", "saturation", "compact"),
    REMOVAL(List.of(TUNING), "removal", "removal-utterances"),
    ADAPTATION(List.of(TUNING, RATES), "selection", "confidence", "adaptation", "saturation", "adaptation-utterances");

    private final List<Stage> needs;
    private final List<String> tables;

    Stage(List<Stage> needs, String... tables) {
        this.needs = needs;
        this.tables = List.of(tables);
    }

    /// Stages of the same replicate that come before.
    List<Stage> needs() {
        return needs;
    }

    /// Tables that its cells leave parts of.
    List<String> tables() {
        return tables;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label();
    }
}
