package org.hyperhypo.experiments.adapt;

/// Whose speech an arm adapts on. Figures of different regimes never stand in one table.
public enum Regime {
    /// Other speakers of the target domain than those it is scored on.
    SPEAKER_DISJOINT("speaker-disjoint", "adapted on other speakers of the condition than those scored"),
    /// The very speech it is scored on, without its transcripts.
    TRANSDUCTIVE("transductive", "adapted on the test speech itself, without its transcripts");

    private final String label;
    private final String description;

    Regime(String label, String description) {
        this.label = label;
        this.description = description;
    }

    public String label() {
        return label;
    }

    public String description() {
        return description;
    }
}
