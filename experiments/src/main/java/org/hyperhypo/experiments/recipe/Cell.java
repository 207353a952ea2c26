package org.hyperhypo.experiments.recipe;

/// The smallest piece of a run's work: it leaves parts of tables (or model files) and a marker that it is finished. Whoever does it, and however often,
/// leaves the same.
///
/// @param condition the target domain, "" where it is about none
/// @param item      what of it, "" where it is all; `number` counts draws or blocks
record Cell(Stage stage, int replicate, String condition, String item, int number) {
    static Cell of(Stage stage, int replicate) {
        return new Cell(stage, replicate, "", "", 0);
    }

    /// `adaptation-r1-noise-A3-1`.
    String name() {
        return stage.label() + "-" + suffix();
    }

    /// The file of its part of a table.
    String part(String table) {
        return table + "-" + suffix() + ".csv";
    }

    /// The file of what failed in it while the rest went on.
    String failures() {
        return "failures-" + name() + ".csv";
    }

    private String suffix() {
        return "r" + replicate + (condition.isEmpty() ? "" : "-" + condition) + (item.isEmpty() ? "" : "-" + item + "-" + number);
    }
}
