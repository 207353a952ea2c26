package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hyperhypo.experiments.report.Json;
import org.hyperhypo.experiments.report.RunRecord;

/// What every share of a run was started with and how long it took: `shares/2of8.json`, a [RunRecord] each.
record ShareRecords(RunFolder folder, Share share) {
    /// The record with the time that the same share took before it was interrupted.
    RunRecord resumed(RunRecord begun) throws IOException {
        return Files.exists(folder.share(share)) ? begun.withStages(RunRecord.readFile(folder.share(share)).stages()) : begun;
    }

    void write(RunRecord record) throws IOException {
        Json.write(folder.share(share), record);
    }

    /// One record for the run of all shares: that of the first, its seconds those of all together. Null where there are no shares.
    static RunRecord merged(RunFolder folder) throws IOException {
        if (!Files.isDirectory(folder.shares())) {
            return null;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder.shares())) {
            files = all.filter(file -> file.toString().endsWith(".json") && !file.getFileName().toString().startsWith(".")).sorted().toList();
        }
        RunRecord merged = null;
        for (Path file : files) {
            RunRecord record = RunRecord.readFile(file);
            if (merged == null) {
                merged = record;
            } else {
                for (Map.Entry<String, Double> stage : record.stages().entrySet()) {
                    merged = merged.withStage(stage.getKey(), stage.getValue());
                }
            }
        }
        return merged;
    }
}
