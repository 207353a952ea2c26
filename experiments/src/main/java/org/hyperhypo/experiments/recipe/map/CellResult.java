package org.hyperhypo.experiments.recipe.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyperhypo.engine.EpochReport;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.recipe.Evaluation;
import org.hyperhypo.experiments.recipe.Replicate;
import org.hyperhypo.experiments.recipe.RunFolder;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.train.Tuning;

/// The tables of one cell while they fill, and their files in `cells/<name>/`.
final class CellResult {
    static final String[] COLUMNS = {"network", "replicate", "seed", "fold", "parameters", "train_loss", "held_out_loss", "held_out_accuracy", "scale", "penalty",
        "neurons", "initial", "hypo", "hyper", "inherited", "learned", "hash", "seconds"};
    static final String[] FAILURES = {"stage", "item", "reason"};

    final String name;
    final Csv cell = new Csv(COLUMNS);
    final Csv layers = new Csv(Saturation.COLUMNS);
    final Csv utterances = new Csv(Evaluation.UTTERANCE_COLUMNS);
    final Csv failures = new Csv(FAILURES);
    AcousticModel model;

    CellResult(String name) {
        this.name = name;
    }

    void summary(String network, Replicate replicate, NetworkSpec spec, EpochReport last, Tuning.Point point, Saturation saturation, double seconds) {
        cell.add(network, replicate.number(), replicate.seed(), replicate.fold(), spec.parameterCount(), last.trainLoss(), last.heldOutLoss(),
                last.heldOutAccuracy(), point.scale(), point.penalty(), NeuronMask.hiddenDense(spec).count(), saturation.before().both().count(),
                saturation.after().hypo().count(), saturation.after().hyper().count(), saturation.inherited().count(), saturation.learned().count(),
                model.network().hash(), seconds);
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (model != null) {
            RunFolder.writeWhole(folder.resolve("model.safetensors"), file -> ModelFiles.save(model, file));
        }
        cell.write(folder.resolve("cell.csv"));
        layers.write(folder.resolve("layers.csv"));
        utterances.write(folder.resolve("utterances.csv"));
        failures.write(folder.resolve("failures.csv"));
    }
}
