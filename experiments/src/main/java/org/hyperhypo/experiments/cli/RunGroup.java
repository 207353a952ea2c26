package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Json;
import org.hyperhypo.experiments.report.RunsTable;

/// Runs in folders below one, which are shown in one table. Their names stand in `runs.json`, so that [MergeCommand] finds them.
///
/// @param names of the folders, in the order of the table
record RunGroup(Path root, List<String> names) {
    private static final String FILE = "runs.json";

    RunGroup {
        names = List.copyOf(names);
    }

    static boolean exists(Path root) {
        return Files.exists(root.resolve(FILE));
    }

    static RunGroup read(Path root) throws IOException {
        if (!(Json.read(root.resolve(FILE)) instanceof List<?> names)) {
            throw new UserError(root.resolve(FILE) + ": not a list of runs; run the recipe again");
        }
        return new RunGroup(root, names.stream().map(String::valueOf).toList());
    }

    void write() throws IOException {
        Json.write(root.resolve(FILE), names);
    }

    List<Path> folders() {
        return names.stream().map(root::resolve).toList();
    }

    /// Writes the page with the table of all runs and returns the table as text.
    String table() throws IOException {
        return RunsTable.write(folders(), Outputs.file(root.resolve(root.toAbsolutePath().getFileName() + ".html")));
    }
}
