package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.Grammar;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.engine.EpochReport;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.Criterion;
import org.hyperhypo.experiments.neurons.Evidence;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.neurons.NeuronTable;
import org.hyperhypo.experiments.neurons.StatisticsFile;
import org.hyperhypo.experiments.prune.Compaction;
import org.hyperhypo.experiments.prune.Removal;
import org.hyperhypo.experiments.prune.SweepPlan;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.train.AlignmentFile;
import org.hyperhypo.experiments.train.AlignmentQuality;
import org.hyperhypo.experiments.train.Alignments;
import org.hyperhypo.experiments.train.Tuning;

/// The stages of one replicate. Each reads what earlier stages wrote and writes its own model files and tables.
final class ReplicateRun {
    static final String[] TRAINING = {"replicate", "epoch", "rate", "train_loss", "held_out_loss", "held_out_accuracy", "seconds"};
    static final String[] ALIGNMENT = {"replicate", "round", "changed", "frame_agreement", "mean_boundary_ms", "within_20ms"};
    static final String[] TUNING = {"replicate", "scale", "penalty", "words", "errors", "wer", "chosen"};
    static final String CLEAN = "clean";
    static final String TUNING_SET = "dev.";
    /// Every how many utterances the shift of activity is measured on.
    private static final int SHIFT_STEP = 4;

    private final Replicate replicate;
    private final RecipeOptions options;
    private final RunFolder folder;
    private final FeatureSettings settings;
    private final Lexicon lexicon;
    private final StateInventory states;
    private final Path corpus;
    private final Map<String, FeatureSet> sets;
    /// Everybody's clean test speech.
    private final FeatureSet clean;
    private final SourceTraining training;
    private final Grammar graph;
    private AcousticModel model;

    ReplicateRun(Replicate replicate, Prepared prepared, RecipeOptions options, RunFolder folder) {
        this.replicate = replicate;
        this.options = options;
        this.folder = folder;
        this.settings = prepared.settings();
        this.lexicon = prepared.lexicon();
        this.states = prepared.states();
        this.corpus = prepared.corpus();
        this.sets = replicate.sets(prepared.sets());
        this.clean = prepared.sets().get("test");
        this.training = new SourceTraining(options, settings, states, lexicon, prepared.labels());
        this.graph = prepared.graph();
    }

    Replicate replicate() {
        return replicate;
    }

    /// What failed in the finished stages while the rest went on; kept in files, so that a resumed run knows them too.
    List<Failure> failures(List<Domain> targets) {
        List<Failure> failures = new ArrayList<>(failures("failures-" + replicate.name() + ".csv"));
        failures.addAll(failures("failures-removal-" + replicate.name() + ".csv"));
        if (!options.arms().grid().isEmpty()) {
            failures.addAll(failures("failures-rates-" + replicate.name() + ".csv"));
        }
        targets.forEach(target -> failures.addAll(failures("failures-" + replicate.name() + "-" + target.name() + ".csv")));
        return failures;
    }

    private List<Failure> failures(String part) {
        return folder.readPart(part).rows().stream().map(row -> new Failure(row.text("stage"), row.text("item"), row.text("reason"))).toList();
    }

    /// How many steps a stage reports.
    int steps(String stage) {
        return switch (stage) {
            case "training" -> training.steps();
            case "removal" -> options.removal().count(options.net().hidden()) * Removal.values().length;
            case "adaptation" -> options.arms().arms().stream().mapToInt(Arm::draws).sum();
            case "rates" -> (int) sets.keySet().stream().filter(name -> name.startsWith(TUNING_SET)).count();
            default -> 1;
        };
    }

    void train(Runnable progress) throws IOException {
        SourceTraining.Result result = training.run(replicate.seed(), sets.get("train"), sets.get("dev"), step -> progress.run());
        model = result.model();
        ModelFiles.save(model, folder.model(replicate, "source.safetensors"));
        if (!result.rounds().isEmpty()) {
            AlignmentFile.write(folder.model(replicate, "alignment.txt"), sets.get("train"), result.alignments());
        }
        Csv failures = new Csv(ResultTables.FAILURES);
        result.failures().forEach(f -> failures.add("alignment " + replicate.name(), f.item(), f.reason()));
        folder.writePart("failures-" + replicate.name() + ".csv", failures);
        writeTraining(result);
    }

    private void writeTraining(SourceTraining.Result result) throws IOException {
        Csv epochs = new Csv(TRAINING);
        for (EpochReport epoch : result.epochs()) {
            epochs.add(replicate.number(), epoch.epoch(), epoch.rate(), epoch.trainLoss(), epoch.heldOutLoss(), epoch.heldOutAccuracy(),
                    epoch.seconds());
        }
        folder.writePart("training-" + replicate.name() + ".csv", epochs);
        Path reference = corpus.resolve("train").resolve("phones.ctm");
        List<AlignmentQuality> quality = Files.exists(reference)
                ? result.quality(sets.get("train"), AlignmentQuality.readCtm(reference)) : List.of();
        Csv rounds = new Csv(ALIGNMENT);
        for (var round : result.rounds()) {
            AlignmentQuality q = quality.isEmpty() ? new AlignmentQuality(Double.NaN, Double.NaN, Double.NaN) : quality.get(round.number() - 1);
            rounds.add(replicate.number(), round.number(), 1 - round.agreement(), q.phoneAgreement(), q.boundaryMillis(), q.within20());
        }
        folder.writePart("alignment-" + replicate.name() + ".csv", rounds);
    }

    void tune(Runnable progress) throws IOException {
        List<Tuning.Speech> speech = new ArrayList<>();
        for (Map.Entry<String, FeatureSet> set : sets.entrySet()) {
            if (set.getKey().startsWith(TUNING_SET)) {
                speech.add(new Tuning.Speech(set.getValue(), model().score(set.getValue())));
            }
        }
        RecipeOptions.Search search = options.search();
        Csv table = new Csv(TUNING);
        for (Tuning.Point point : Tuning.sweep(graph, speech, search.scales(), search.penalties(), search.beam(), search.maxActive())) {
            table.add(replicate.number(), point.scale(), point.penalty(), point.errors().words(), point.errors().errors(), point.errors().wer(),
                    point.chosen());
            if (point.chosen()) {
                model = model().with(new AcousticModel.Weights(point.scale(), point.penalty()));
            }
        }
        ModelFiles.save(model, folder.model(replicate, "source.safetensors"));
        folder.writePart("tuning-" + replicate.name() + ".csv", table);
        progress.run();
    }

    void analyse(Runnable progress) throws IOException {
        Network initial = training.initial(replicate.seed());
        FeatureSet dev = sets.get("dev");
        ActivationStats before = ActivationStats.over(initial, model().splice(dev));
        FeatureSet source = replicate.adaptation(sets.get("test")).every(SHIFT_STEP, 0);
        Map<String, FeatureSet> targets = new LinkedHashMap<>();
        targetSets().forEach((name, set) -> targets.put(name, replicate.adaptation(set).every(SHIFT_STEP, 0)));
        int[] labels = Alignments.forced(dev, model().score(dev), lexicon, states, options.search().alignmentScale()).labels();
        NeuronAnalysis analysis = new NeuronAnalysis(replicate, model(), options);
        Evidence evidence = analysis.run(dev, labels, new NeuronTable.Initial(initial, before), source, targets);
        String suffix = "-" + replicate.name() + ".csv";
        folder.writePart("neurons" + suffix, analysis.neurons);
        folder.writePart("criteria" + suffix, analysis.criteria);
        folder.writePart("shift" + suffix, analysis.shift);
        folder.writePart("cards" + suffix, analysis.cards);
        folder.writePart("layers" + suffix, analysis.layers);
        StatisticsFile.write(folder.model(replicate, "neurons.safetensors"), evidence, Map.of("model", model().network().hash(), "data",
                "development speech"));
        Csv saturation = new Csv(AdaptationTable.SATURATION_COLUMNS);
        addSaturation(saturation, "initial", initial, before);
        addSaturation(saturation, "trained", model().network(), evidence.stats());
        folder.writePart("saturation-" + replicate.name() + ".csv", saturation);
        compact(evidence.stats());
        progress.run();
    }

    private void addSaturation(Csv table, String name, Network network, ActivationStats stats) {
        HyperHypo saturated = HyperHypo.byThreshold(network.spec(), stats, 0.05, 0.95);
        for (ActivationStats.Layer layer : stats.layers()) {
            table.add(replicate.number(), name, "", layer.name(), layer.neurons(), saturated.hypo().count(layer.name()),
                    saturated.hyper().count(layer.name()));
        }
    }

    /// Takes the saturated neurons out of the network for good, and says what that saves.
    private void compact(ActivationStats stats) throws IOException {
        Network network = model().network();
        Csv table = new Csv(Compaction.COLUMNS);
        NeuronMask saturated = HyperHypo.byThreshold(network.spec(), stats, 0.05, 0.95).both();
        double share = (double) saturated.count() / NeuronMask.hiddenDense(network.spec()).count();
        Compaction.Result result = Compaction.measure(network, Removal.MEAN_FOLD.apply(network, saturated, stats), model().splice(sets.get("dev")));
        result.add(table, replicate.number(), "saturated", share, Removal.MEAN_FOLD.label());
        ModelFiles.save(model().with(result.compacted()), folder.model(replicate, "compacted.safetensors"));
        folder.writePart("compact-" + replicate.name() + ".csv", table);
    }

    void remove(Runnable progress) throws IOException {
        Map<String, FeatureSet> tests = testSets();
        Map<String, FeatureSet> swept = new LinkedHashMap<>();
        tests.forEach((name, set) -> swept.put(name, set.every(options.removal().step(), 0)));
        Map<String, FeatureSet> tuning = new LinkedHashMap<>();
        sets.forEach((name, set) -> {
            if (name.startsWith(TUNING_SET)) {
                tuning.put(name, set);
            }
        });
        Csv failures = new Csv(ResultTables.FAILURES);
        Map<String, int[]> reference = referenceLabels(swept, failures);
        Evidence evidence = removalEvidence();
        RemovalSweep sweep = new RemovalSweep(replicate, model(), evidence.stats(), recognizer());
        List<SweepPlan.Target> targets = options.removal().targets(model().network().spec(), evidence, replicate.seed());
        Csv table = new Csv(RemovalSweep.COLUMNS);
        sweep.sweep(table, targets, swept, reference, progress);
        Csv utterances = new Csv(Evaluation.UTTERANCE_COLUMNS);
        sweep.compareBest(utterances, targets, tests, tuning);
        folder.writePart("failures-removal-" + replicate.name() + ".csv", failures);
        folder.writePart("removal-" + replicate.name() + ".csv", table);
        folder.writePart("removal-utterances-" + replicate.name() + ".csv", utterances);
    }

    /// The states of every test set, frame by frame: those of the clean recordings of the same utterances, or of their own where there are none.
    private Map<String, int[]> referenceLabels(Map<String, FeatureSet> tests, Csv failures) throws IOException {
        Map<String, int[]> labels = new LinkedHashMap<>();
        Map<Set<String>, int[]> known = new HashMap<>();
        for (Map.Entry<String, FeatureSet> test : tests.entrySet()) {
            Set<String> ids = test.getValue().entries().stream().map(FeatureSet.Entry::id).collect(Collectors.toSet());
            if (!known.containsKey(ids)) {
                FeatureSet copies = clean.where(entry -> ids.contains(entry.id()));
                FeatureSet same = copies.size() == ids.size() && copies.frames() == test.getValue().frames() ? copies : test.getValue();
                Alignments reference = Alignments.forced(same, model().score(same), lexicon, states, options.search().alignmentScale());
                reference.failures().forEach(f -> failures.add("alignment of clean test speech " + replicate.name(), f.item(), f.reason()));
                known.put(ids, reference.labels());
            }
            labels.put(test.getKey(), known.get(ids));
        }
        return labels;
    }

    /// Activity on clean development speech, and whatever else the criteria of the sweep are computed from.
    private Evidence removalEvidence() throws IOException {
        FeatureSet dev = sets.get("dev");
        List<Criterion> criteria = options.removal().criteria();
        boolean oracle = criteria.contains(Criterion.ABLATION) || criteria.contains(Criterion.VIOLATION);
        Evidence.Effort effort = new Evidence.Effort(criteria.isEmpty() ? 0 : options.evidence().sampled(), oracle ? options.evidence().ablated() : 0);
        int[] labels = Alignments.forced(dev, model().score(dev), lexicon, states, options.search().alignmentScale()).labels();
        return Evidence.measure(model().network(), model().splice(dev), dev.starts(), labels, effort);
    }

    void chooseRates(Runnable progress) throws IOException {
        adaptation().chooseRates(progress);
    }

    void adapt(String condition, Runnable progress) throws IOException {
        adaptation().run(condition, progress);
    }

    private AdaptationStage adaptation() throws IOException {
        return new AdaptationStage(replicate, options, folder, lexicon, sets, model(), recognizer());
    }

    /// The whole test set in every target condition.
    private Map<String, FeatureSet> targetSets() {
        Map<String, FeatureSet> targets = new LinkedHashMap<>();
        sets.forEach((name, set) -> {
            if (name.startsWith("test.")) {
                targets.put(name.substring("test.".length()), set);
            }
        });
        return targets;
    }

    /// This replicate's test utterances, clean and in every target condition.
    private Map<String, FeatureSet> testSets() {
        Map<String, FeatureSet> tests = new LinkedHashMap<>();
        tests.put(CLEAN, replicate.test(sets.get("test")));
        targetSets().forEach((name, set) -> tests.put(name, replicate.test(set)));
        return tests;
    }

    private synchronized AcousticModel model() throws IOException {
        if (model == null) {
            model = ModelFiles.load(folder.model(replicate, "source.safetensors"));
            settings.require(model.features(), folder.model(replicate, "source.safetensors").toString());
        }
        return model;
    }

    /// The decoder with the scale and penalty that tuning chose.
    private Recognizer recognizer() {
        Csv.Row chosen = folder.readPart("tuning-" + replicate.name() + ".csv").rows().stream().filter(row -> row.number("chosen") == 1)
                .findFirst().orElseThrow();
        return new Recognizer(graph, new DecoderOptions(chosen.number("scale"), chosen.number("penalty"), options.search().beam(),
                options.search().maxActive()));
    }
}
