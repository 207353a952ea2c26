package org.hyperhypo.experiments.recipe.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.recipe.RunFolder;
import org.hyperhypo.experiments.recipe.RunMerge;
import org.hyperhypo.experiments.recipe.Task;
import org.hyperhypo.experiments.report.Json;

/// What all networks of a map have in common, kept as `shares/map.json`: shares of a map with another corpus or other options must not work on its folder.
record MapKey(Map<String, String> options) {

    static MapKey of(Task task, MapOptions options) {
        Map<String, String> all = new LinkedHashMap<>(task.describe());
        all.putAll(options.describe());
        return new MapKey(all);
    }

    void write(RunFolder folder) throws IOException {
        Json.write(file(folder), options);
    }

    private static Path file(RunFolder folder) {
        return folder.shares().resolve("map.json");
    }

    /// Refuses the folder of another map; marks one that is new.
    void require(RunFolder folder) throws IOException {
        Path file = file(folder);
        if (!Files.exists(file)) {
            write(folder);
        } else if (Json.read(file) instanceof Map<?, ?> kept) {
            RunMerge.requireSame(folder, kept, options);
        } else {
            throw new UserError(file + ": not the options of a map; choose another folder with --out");
        }
    }
}
