package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.Grammar;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.report.Csv;

/// One replicate on its way through the stages. A cell reads what earlier stages wrote; where that is not there yet, because another process was to make
/// it, it is made here.
final class ReplicateRun {
    static final String CLEAN = "clean";
    static final String TUNING_SET = "dev.";
    private static final String TEST_SET = "test.";
    /// The network as it was trained, and with the decoder's weights that were chosen for it.
    static final String TRAINED = "trained.safetensors";
    static final String SOURCE = "source.safetensors";

    private final Replicate replicate;
    private final Prepared prepared;
    /// Of the prepared sets, what this replicate may see.
    private final Map<String, FeatureSet> sets;
    private final RecipeOptions options;
    private final RunFolder folder;
    private final Grid grid;
    private AcousticModel model;

    ReplicateRun(Replicate replicate, Prepared prepared, RecipeOptions options, RunFolder folder, Grid grid) {
        this.replicate = replicate;
        this.prepared = prepared;
        this.sets = replicate.sets(prepared.sets());
        this.options = options;
        this.folder = folder;
        this.grid = grid;
    }

    /// What the cells of one group are done with: it keeps what they have in common.
    interface Work {
        void run(Cell cell, Runnable progress) throws IOException;
    }

    Work work(Grid.Group group) {
        return switch (group.stage()) {
            case TRAINING -> (cell, progress) -> source().train(cell, progress);
            case TUNING -> (cell, progress) -> source().tune(cell, progress);
            case NEURONS -> (cell, progress) -> new NeuronStage(this).run(cell, progress);
            case REMOVAL -> new RemovalStage(this)::run;
            case RATES -> (cell, progress) -> adaptation().chooseRates(cell, progress);
            case ADAPTATION -> {
                AdaptationStage.Condition[] shared = new AdaptationStage.Condition[1];
                yield (cell, progress) -> {
                    shared[0] = shared[0] == null ? adaptation().condition(group.condition()) : shared[0];
                    shared[0].run(cell, progress);
                };
            }
            case FEATURES -> throw new IllegalArgumentException("features are not a replicate's");
        };
    }

    /// Does a cell that is not finished, and first what it needs.
    void finish(Cell cell, Work work, Runnable progress) throws IOException {
        if (finished(cell)) {
            skip(steps(cell), progress);
        } else {
            require(cell.stage());
            work.run(cell, progress);
            folder.finish(cell.name(), grid.key());
        }
    }

    /// One at a time: two conditions that need the same network must not both train it.
    private synchronized void require(Stage stage) throws IOException {
        for (Stage needed : stage.needs()) {
            for (Grid.Group group : grid.groups(needed)) {
                if (group.replicate() == replicate.number()) {
                    Work work = work(group);
                    for (Cell cell : group.cells()) {
                        finish(cell, work, () -> { });
                    }
                }
            }
        }
    }

    boolean finished(Cell cell) {
        return folder.finished(cell.name(), grid.key());
    }

    private static void skip(int steps, Runnable progress) {
        for (int step = 0; step < steps; step++) {
            progress.run();
        }
    }

    /// How many steps a cell reports.
    int steps(Cell cell) {
        return switch (cell.stage()) {
            case TRAINING -> training().steps();
            case REMOVAL -> grid.networks(cell);
            case ADAPTATION -> cell.item().isEmpty() ? 0 : 1;
            case RATES -> tuningSets().size();
            default -> 1;
        };
    }

    Replicate replicate() {
        return replicate;
    }

    RecipeOptions options() {
        return options;
    }

    Prepared prepared() {
        return prepared;
    }

    RunFolder folder() {
        return folder;
    }

    Lexicon lexicon() {
        return prepared.lexicon();
    }

    Grammar graph() {
        return prepared.graph();
    }

    FeatureSet set(String name) {
        return sets.get(name);
    }

    SourceTraining training() {
        return new SourceTraining(options, prepared.settings(), prepared.states(), prepared.lexicon(), prepared.labels());
    }

    private SourceStage source() {
        return new SourceStage(this);
    }

    private AdaptationStage adaptation() throws IOException {
        return new AdaptationStage(replicate, options, folder, lexicon(), sets, model(), recognizer());
    }

    /// Development speech in the tuning domains, by the name of the set.
    Map<String, FeatureSet> tuningSets() {
        Map<String, FeatureSet> tuning = new LinkedHashMap<>();
        sets.forEach((name, set) -> {
            if (name.startsWith(TUNING_SET)) {
                tuning.put(name, set);
            }
        });
        return tuning;
    }

    /// The whole test set in every target condition.
    Map<String, FeatureSet> targetSets() {
        Map<String, FeatureSet> targets = new LinkedHashMap<>();
        sets.forEach((name, set) -> {
            if (name.startsWith(TEST_SET)) {
                targets.put(name.substring(TEST_SET.length()), set);
            }
        });
        return targets;
    }

    /// This replicate's test utterances, clean and in every target condition.
    Map<String, FeatureSet> testSets() {
        Map<String, FeatureSet> tests = new LinkedHashMap<>();
        tests.put(CLEAN, replicate.test(set("test")));
        targetSets().forEach((name, set) -> tests.put(name, replicate.test(set)));
        return tests;
    }

    /// The trained and tuned model.
    synchronized AcousticModel model() throws IOException {
        if (model == null) {
            model = load(SOURCE);
        }
        return model;
    }

    AcousticModel load(String name) throws IOException {
        FeatureSettings settings = prepared.settings();
        AcousticModel loaded = ModelFiles.load(folder.model(replicate, name));
        settings.require(loaded.features(), folder.model(replicate, name).toString());
        return loaded;
    }

    void save(AcousticModel saved, String name) {
        folder.writeModel(replicate, name, file -> ModelFiles.save(saved, file));
    }

    /// The decoder with the scale and penalty that tuning chose.
    Recognizer recognizer() throws IOException {
        AcousticModel.Weights chosen = model().weights();
        return new Recognizer(graph(), new DecoderOptions(chosen.acousticScale(), chosen.wordPenalty(), options.search().beam(), options.search().maxActive()));
    }

    void write(Cell cell, String table, Csv part) {
        folder.writePart(cell.part(table), part);
    }
}
