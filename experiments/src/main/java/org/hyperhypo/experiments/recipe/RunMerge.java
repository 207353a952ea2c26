package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Report;
import org.hyperhypo.experiments.report.RunRecord;

/// Results and report of a run from what its cells left, whoever did them.
///
/// @param missing  names of the cells that are not finished: the report shows their holes
/// @param failures what failed while the rest went on
public record RunMerge(List<String> missing, List<Failure> failures) {
    public static RunMerge write(RunFolder folder) throws IOException {
        ResultTables tables = new ResultTables(folder, Grid.read(folder));
        RunRecord record = ShareRecords.merged(folder);
        if (record != null) {
            record.write(folder.root());
        }
        tables.write();
        Report.write(folder.root());
        return new RunMerge(tables.missing(), tables.failures());
    }

    /// Refuses to work on a folder where shares of a run with other options work or have worked.
    static void requireSame(RunFolder folder, Map<String, String> key) throws IOException {
        if (Grid.exists(folder)) {
            requireSame(folder, Grid.read(folder).key(), key);
        }
    }

    /// The same where a folder's options are known.
    public static void requireSame(RunFolder folder, Map<?, ?> kept, Map<String, String> key) {
        TreeSet<String> options = new TreeSet<>(key.keySet());
        kept.keySet().forEach(option -> options.add(option.toString()));
        options.removeIf(option -> Objects.equals(key.get(option), kept.get(option)));
        if (!options.isEmpty()) {
            throw new UserError(folder.root() + ": holds a run with other options (" + String.join(", ", options) + "); choose another folder with --out");
        }
    }
}
