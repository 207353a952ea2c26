package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.prune.Removal;
import org.hyperhypo.experiments.report.Json;

/// All cells of a run, and what is needed to merge what they leave. Kept as `grid.json`, so that a run can be merged without the corpus.
///
/// @param key      the options that a finished cell was made with
/// @param sets     names of the feature sets
/// @param targets  the conditions that are adapted to
/// @param removals sets of neurons that the removal sweep of a replicate takes out
/// @param rates    whether learning rates are chosen
record Grid(Map<String, String> key, long seed, int replicates, List<String> sets, List<Target> targets, List<Draws> arms, int removals, boolean rates) {
    /// The arm that adapts nothing.
    static final String NOTHING = "A0";
    /// Items of removal cells: a block of the sweep; the best removal on every test utterance.
    static final String BLOCK = "block";
    static final String BEST = "best";
    private static final String FILE = "grid.json";
    /// Sets of neurons in a block of the sweep.
    private static final int BLOCK_SIZE = 8;

    record Target(String name, String kind, String description) {
    }

    record Draws(String arm, int draws) {
    }

    /// Cells with something in common that a process computes once.
    record Group(Stage stage, int replicate, String condition, List<Cell> cells) {
        Group with(List<Cell> some) {
            return new Group(stage, replicate, condition, some);
        }
    }

    static Grid of(Map<String, String> key, RecipeOptions options, List<String> sets, List<Domain> targets) {
        return new Grid(key, options.seed(), options.replicates(), sets,
                targets.stream().map(target -> new Target(target.name(), target.kind(), target.description())).toList(),
                options.arms().arms().stream().map(arm -> new Draws(arm.id(), arm.draws())).toList(),
                options.removal().count(options.net().hidden()), !options.arms().grid().isEmpty());
    }

    /// A stage's groups; those that follow each other are of different replicates, as far as there are several.
    List<Group> groups(Stage stage) {
        List<Group> groups = new ArrayList<>();
        switch (stage) {
            case FEATURES -> { }
            case TRAINING, TUNING, NEURONS -> single(groups, stage);
            case RATES -> {
                if (rates) {
                    single(groups, stage);
                }
            }
            case REMOVAL -> {
                for (int r = 1; r <= replicates; r++) {
                    groups.add(new Group(stage, r, "", removal(r)));
                }
            }
            case ADAPTATION -> {
                for (Target target : targets) {
                    for (int r = 1; r <= replicates; r++) {
                        groups.add(new Group(stage, r, target.name, adaptation(r, target.name)));
                    }
                }
            }
        }
        return groups;
    }

    private void single(List<Group> groups, Stage stage) {
        for (int r = 1; r <= replicates; r++) {
            groups.add(new Group(stage, r, "", List.of(Cell.of(stage, r))));
        }
    }

    private List<Cell> removal(int replicate) {
        List<Cell> cells = new ArrayList<>(List.of(new Cell(Stage.REMOVAL, replicate, "", BEST, 0)));
        for (int block = 0; block * BLOCK_SIZE < Math.max(1, removals); block++) {
            cells.add(new Cell(Stage.REMOVAL, replicate, "", BLOCK, block));
        }
        return cells;
    }

    /// First what was heard and whom to trust, then every draw of every arm.
    private List<Cell> adaptation(int replicate, String condition) {
        List<Cell> cells = new ArrayList<>(List.of(new Cell(Stage.ADAPTATION, replicate, condition, "", 0)));
        for (Draws arm : arms) {
            for (int draw = 0; draw < arm.draws; draw++) {
                cells.add(new Cell(Stage.ADAPTATION, replicate, condition, arm.arm, draw));
            }
        }
        return cells;
    }

    /// The cells of one replicate in the order in which tables show them.
    List<Cell> cells(int replicate) {
        List<Cell> cells = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            groups(stage).stream().filter(group -> group.replicate == replicate).forEach(group -> cells.addAll(group.cells));
        }
        return cells;
    }

    /// What a removal cell takes out, of `all` sets of neurons in their order.
    static <T> List<T> block(Cell cell, List<T> all) {
        return all.subList(Math.min(all.size(), cell.number() * BLOCK_SIZE), Math.min(all.size(), (cell.number() + 1) * BLOCK_SIZE));
    }

    /// How many networks a removal cell scores.
    int networks(Cell cell) {
        return cell.item().equals(BEST) ? 0 : Math.min(BLOCK_SIZE, removals - cell.number() * BLOCK_SIZE) * Removal.values().length;
    }

    void write(RunFolder folder) throws IOException {
        Json.write(folder.root().resolve(FILE), this);
    }

    static boolean exists(RunFolder folder) {
        return Files.exists(folder.root().resolve(FILE));
    }

    static Grid read(RunFolder folder) throws IOException {
        Path file = folder.root().resolve(FILE);
        if (!exists(folder)) {
            throw new UserError(file + ": no such file; nothing of a run has been done here yet");
        }
        try {
            Map<?, ?> map = (Map<?, ?>) Json.read(file);
            Map<String, String> key = new LinkedHashMap<>();
            ((Map<?, ?>) map.get("key")).forEach((option, value) -> key.put(option.toString(), value.toString()));
            return new Grid(key, number(map, "seed"), (int) number(map, "replicates"), list(map, "sets").stream().map(Object::toString).toList(),
                    list(map, "targets").stream().map(t -> (Map<?, ?>) t).map(t -> new Target(text(t, "name"), text(t, "kind"), text(t, "description"))).toList(),
                    list(map, "arms").stream().map(a -> (Map<?, ?>) a).map(a -> new Draws(text(a, "arm"), (int) number(a, "draws"))).toList(),
                    (int) number(map, "removals"), (Boolean) map.get("rates"));
        } catch (ClassCastException | NullPointerException e) {
            throw new UserError(file + ": not the grid of a run of this version; run the recipe again", e);
        }
    }

    private static long number(Map<?, ?> map, String key) {
        return ((Number) map.get(key)).longValue();
    }

    private static String text(Map<?, ?> map, String key) {
        return (String) map.get(key);
    }

    private static List<?> list(Map<?, ?> map, String key) {
        return (List<?>) map.get(key);
    }
}
