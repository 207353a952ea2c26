package org.hyperhypo.experiments.recipe.map;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.recipe.Prepared;
import org.hyperhypo.experiments.recipe.Replicate;
import org.hyperhypo.experiments.recipe.RunFolder;
import org.hyperhypo.experiments.recipe.SourceTraining;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.train.AlignmentFile;

/// The states that all networks of one seed learn: found once, by a network of the recipe's own sizes, so that the networks of the grid differ in
/// themselves alone.
record MapAlignment(Replicate replicate, Prepared prepared, MapOptions options, RunFolder folder) {

    /// A state for every frame of the training and of the development speech, −1 where there is none.
    record Labels(int[] train, int[] dev) {
    }

    String name() {
        return "alignment-" + replicate.name();
    }

    int steps() {
        return options.recipe().alignment().rounds();
    }

    Map<String, String> key(Map<String, String> task) {
        Map<String, String> key = new TreeMap<>(task);
        key.putAll(options.describe());
        key.put("replicate", replicate.toString());
        return key;
    }

    /// Aligns, and keeps the result.
    void run(Runnable progress) throws IOException {
        FeatureSet train = prepared.sets().get("train");
        FeatureSet dev = prepared.sets().get("dev");
        SourceTraining.Aligned aligned = new SourceTraining(options.recipe(), prepared.settings(), prepared.states(), prepared.lexicon())
                .align(replicate.seed(), train, dev, progress);
        folder.writeModel(replicate, name("train"), file -> AlignmentFile.write(file, train, aligned.train().alignments()));
        folder.writeModel(replicate, name("dev"), file -> AlignmentFile.write(file, dev, aligned.heldOut()));
        Csv failures = new Csv(CellResult.FAILURES);
        aligned.train().alignments().failures().forEach(f -> failures.add("alignment " + replicate.name(), f.item(), f.reason()));
        aligned.heldOut().failures().forEach(f -> failures.add("alignment " + replicate.name(), f.item(), f.reason()));
        folder.writePart(failuresPart(), failures);
    }

    Labels read() throws IOException {
        return new Labels(read("train"), read("dev"));
    }

    List<Failure> failures() {
        return folder.readFailures(failuresPart());
    }

    private int[] read(String set) throws IOException {
        return AlignmentFile.read(folder.model(replicate, name(set)), prepared.sets().get(set), prepared.states()).perFrame();
    }

    private static String name(String set) {
        return set + "-alignment.txt";
    }

    private String failuresPart() {
        return "failures-" + name() + ".csv";
    }
}
