package org.hyperhypo.experiments.adapt;

/// Whose speech an arm adapts on. Figures of different regimes never stand in one table.
public enum Regime {
    /// Other speech of the target domain than that it is scored on: of other speakers, or, where a recipe holds speakers out one by one, other
    /// recordings of the new speaker.
    SPEAKER_DISJOINT("speaker-disjoint", "adapted on other speech of the condition than that scored"),
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
