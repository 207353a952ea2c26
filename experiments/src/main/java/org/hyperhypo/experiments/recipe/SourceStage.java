package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyperhypo.engine.EpochReport;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.train.AlignmentFile;
import org.hyperhypo.experiments.train.AlignmentQuality;
import org.hyperhypo.experiments.train.Tuning;

/// A replicate's source model: trained, then given the weights of the decoder.
record SourceStage(ReplicateRun run) {
    private static final String[] TRAINING = {"replicate", "epoch", "rate", "train_loss", "held_out_loss", "held_out_accuracy", "seconds"};
    private static final String[] ALIGNMENT = {"replicate", "round", "changed", "frame_agreement", "mean_boundary_ms", "within_20ms"};
    private static final String[] TUNING = {"replicate", "scale", "penalty", "words", "errors", "wer", "chosen"};

    void train(Cell cell, Runnable progress) throws IOException {
        SourceTraining.Result result = run.training().run(run.replicate().seed(), run.set("train"), run.set("dev"), step -> progress.run());
        run.save(result.model(), ReplicateRun.TRAINED);
        if (!result.rounds().isEmpty()) {
            run.folder().writeModel(run.replicate(), "alignment.txt", file -> AlignmentFile.write(file, run.set("train"), result.alignments()));
        }
        Csv failures = new Csv(ResultTables.FAILURES);
        result.failures().forEach(f -> failures.add("alignment " + run.replicate().name(), f.item(), f.reason()));
        run.folder().writePart(cell.failures(), failures);
        Csv epochs = new Csv(TRAINING);
        for (EpochReport epoch : result.epochs()) {
            epochs.add(cell.replicate(), epoch.epoch(), epoch.rate(), epoch.trainLoss(), epoch.heldOutLoss(), epoch.heldOutAccuracy(), epoch.seconds());
        }
        run.write(cell, "training", epochs);
        run.write(cell, "alignment", rounds(result));
    }

    /// The rounds of realignment, beside the reference where the corpus has one.
    private Csv rounds(SourceTraining.Result result) throws IOException {
        Path reference = run.prepared().corpus().resolve("train").resolve("phones.ctm");
        List<AlignmentQuality> quality = Files.exists(reference) ? result.quality(run.set("train"), AlignmentQuality.readCtm(reference)) : List.of();
        Csv rounds = new Csv(ALIGNMENT);
        for (var round : result.rounds()) {
            AlignmentQuality q = quality.isEmpty() ? new AlignmentQuality(Double.NaN, Double.NaN, Double.NaN) : quality.get(round.number() - 1);
            rounds.add(run.replicate().number(), round.number(), 1 - round.agreement(), q.phoneAgreement(), q.boundaryMillis(), q.within20());
        }
        return rounds;
    }

    void tune(Cell cell, Runnable progress) throws IOException {
        AcousticModel model = run.load(ReplicateRun.TRAINED);
        List<Tuning.Speech> speech = new ArrayList<>();
        for (Map.Entry<String, FeatureSet> set : run.tuningSets().entrySet()) {
            speech.add(new Tuning.Speech(set.getValue(), model.score(set.getValue())));
        }
        RecipeOptions.Search search = run.options().search();
        Csv table = new Csv(TUNING);
        for (Tuning.Point point : Tuning.sweep(run.graph(), speech, search.scales(), search.penalties(), search.beam(), search.maxActive())) {
            table.add(cell.replicate(), point.scale(), point.penalty(), point.errors().words(), point.errors().errors(), point.errors().wer(), point.chosen());
            if (point.chosen()) {
                model = model.with(new AcousticModel.Weights(point.scale(), point.penalty()));
            }
        }
        run.save(model, ReplicateRun.SOURCE);
        run.write(cell, "tuning", table);
        progress.run();
    }
}
