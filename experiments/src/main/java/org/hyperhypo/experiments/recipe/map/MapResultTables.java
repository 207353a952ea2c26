package org.hyperhypo.experiments.recipe.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.recipe.Contrasts;
import org.hyperhypo.experiments.recipe.Domain;
import org.hyperhypo.experiments.recipe.RunFolder;
import org.hyperhypo.experiments.report.Csv;

/// What all cells of a map left, as the tables of `results/`.
record MapResultTables(RunFolder folder, MapOptions options, NetworkGrid grid, List<MapCell> cells, int threads) {
    static Path files(RunFolder folder, MapCell cell) {
        return folder.root().resolve("cells").resolve(cell.name());
    }

    /// Writes them.
    ///
    /// @param before what failed before the first cell
    /// @return all that failed
    List<Failure> write(List<Domain> targets, List<Failure> before) throws IOException {
        Files.createDirectories(folder.results());
        Csv all = new Csv(CellResult.COLUMNS);
        Csv layers = new Csv(Saturation.COLUMNS);
        Csv failed = new Csv(CellResult.FAILURES);
        before.forEach(f -> failed.add(f.stage(), f.item(), f.reason()));
        for (MapCell cell : cells) {
            append(all, Csv.read(files(folder, cell).resolve("cell.csv")));
            append(layers, Csv.read(files(folder, cell).resolve("layers.csv")));
            append(failed, Csv.read(files(folder, cell).resolve("failures.csv")));
        }
        List<Failure> failures = failed.rows().stream().map(row -> new Failure(row.text("stage"), row.text("item"), row.text("reason"))).toList();
        Map<String, Csv> tables = new LinkedHashMap<>(new MapTables(options.recipe().seed()).fill(entries(failures)).all());
        tables.put("map-cells", all);
        tables.put("map-layers", layers);
        tables.put("failures", failed);
        tables.put("conditions", conditions(targets));
        for (Map.Entry<String, Csv> table : tables.entrySet()) {
            table.getValue().write(folder.results().resolve(table.getKey() + ".csv"));
        }
        return failures;
    }

    /// The networks of which at least one seed could be trained.
    private List<MapTables.Entry> entries(List<Failure> failures) {
        List<Callable<MapTables.Entry>> jobs = new ArrayList<>();
        for (GridNetwork network : grid.networks()) {
            jobs.add(() -> entry(network, cells.stream().filter(cell -> cell.network().equals(network)).toList()));
        }
        List<MapTables.Entry> entries = Jobs.run(threads, jobs).stream().filter(entry -> !entry.cells().rows().isEmpty()).toList();
        if (entries.isEmpty()) {
            throw new UserError(folder.root() + ": none of the " + grid.networks().size() + " networks could be trained; the first: " + failures.getLast());
        }
        return entries;
    }

    private MapTables.Entry entry(GridNetwork network, List<MapCell> seeds) throws IOException {
        Csv summary = new Csv(CellResult.COLUMNS);
        WordRates rates = new WordRates();
        Contrasts contrasts = new Contrasts(options.recipe().seed());
        for (MapCell cell : seeds) {
            append(summary, Csv.read(files(folder, cell).resolve("cell.csv")));
            Csv utterances = Csv.read(files(folder, cell).resolve("utterances.csv"));
            rates.add(utterances);
            contrasts.add(utterances);
        }
        MapContrast.ALL.forEach(contrast -> contrasts.compare(contrast.name(), contrast.a(), contrast.b()));
        return new MapTables.Entry(network, summary, rates, contrasts.table());
    }

    private static Csv conditions(List<Domain> targets) {
        Csv table = new Csv("name", "kind", "description");
        for (Domain target : targets) {
            table.add(target.name(), target.kind(), target.description());
        }
        return table;
    }

    private static void append(Csv table, Csv more) {
        more.rows().forEach(row -> table.add(row.cells().toArray()));
    }
}
