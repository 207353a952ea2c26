package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes the report of a run from what it left in its folder: `run.json` and `results/*.csv`, and nothing else.
///
/// A missing or damaged file becomes a hole that the report names. The same files give the same bytes.
public final class Report {
    public static final String PAGE = "report.html";
    public static final String NUMBERS = "results.json";

    private Report() {}

    /// Writes `report.html` and `results.json` into the run's folder; returns the page.
    public static Path write(Path runFolder) throws IOException {
        if (MapResults.isMap(runFolder)) return MapReport.write(runFolder);
        Results results = Results.read(runFolder);
        AtomicFile.write(runFolder.resolve(PAGE), ReportPage.html(results));
        Json.write(runFolder.resolve(NUMBERS), numbers(results));
        return runFolder.resolve(PAGE);
    }

    /// The end of a recipe on a terminal: WER per arm and condition, the contrasts, the answers, where the report is.
    public static String summary(Path runFolder) {
        if (MapResults.isMap(runFolder)) return MapReport.summary(runFolder);
        Results results = Results.read(runFolder);
        List<Contrast> contrasts = Contrast.of(results);
        StringBuilder out = new StringBuilder(ReportPage.title(results)).append("\n\n");
        MainTable table = new MainTable(results);
        out.append(table.isEmpty() ? "no adaptation results\n" : "WER in percent per arm and condition\n" + table.text());
        if (!contrasts.isEmpty()) {
            out.append("\ndifference in WER points over all conditions, 95 % interval, single replicates\n");
            for (String name : Contrast.DECLARED) {
                out.append(Contrast.overall(contrasts, name)
                    .map(c -> padded(c.label(), 18) + padded(c.numbers(), 24) + Text.list(c.replicates()))
                    .orElse(padded(name.replace("-A", " − A"), 18) + "not measured").stripTrailing()).append('\n');
            }
        }
        out.append('\n');
        for (Answer.Claim claim : Answer.of(contrasts).claims()) out.append(claim.question()).append(' ').append(claim.outcome().text)
            .append(".\n");
        if (!results.problems().isEmpty()) out.append('\n').append(Text.plural(results.problems().size(), "hole", "holes"))
            .append(" in the report, listed there under Failures\n");
        return out.append("\nreport: ").append(runFolder.resolve(PAGE)).append('\n').toString();
    }

    /// The main table for a README, with the command that made it.
    public static String markdown(Path runFolder) {
        Results results = Results.read(runFolder);
        StringBuilder out = new StringBuilder();
        results.run().ifPresent(r -> out.append('`').append(Text.oneLine(r.command()).replace("`", "'")).append("` (")
            .append(Progress.duration(r.seconds())).append(", ")
            .append(Text.plural(r.cores(), "core", "cores")).append("), WER in percent:\n\n"));
        out.append(new MainTable(results).markdown()).append("\n| contrast | difference, points | 95 % interval |\n|---|--:|---|\n");
        List<Contrast> contrasts = Contrast.of(results);
        for (String name : Contrast.DECLARED) {
            Contrast.overall(contrasts, name).ifPresent(c -> out.append("| ").append(c.label()).append(" | ")
                .append(Text.signed(c.difference(), 2)).append(" | ")
                .append(Text.interval(c.low(), c.high())).append(" |\n"));
        }
        return out.toString();
    }

    /// Pictures for a README, each a file of its own: `activity.svg` (every neuron of the first replicate) and, per condition,
    /// `removal-<condition>.svg` (WER against the share removed, mean-fold); of a map, benefit against saturation. Pictures without numbers are left out.
    public static List<Path> pictures(Path runFolder, Path into) throws IOException {
        Map<String, Svg> pictures = MapResults.isMap(runFolder) ? MapReport.pictures(runFolder) : pictures(Results.read(runFolder));
        List<Path> written = new ArrayList<>();
        for (var picture : pictures.entrySet()) {
            AtomicFile.write(into.resolve(picture.getKey()), picture.getValue().standalone());
            written.add(into.resolve(picture.getKey()));
        }
        return written;
    }

    private static Map<String, Svg> pictures(Results results) {
        Map<String, Svg> pictures = new LinkedHashMap<>();
        List<Csv.Row> neurons = results.rows("neurons");
        if (!neurons.isEmpty()) {
            String first = neurons.getFirst().text("replicate");
            List<Csv.Row> rows = neurons.stream().filter(r -> r.text("replicate").equals(first)).toList();
            pictures.put("activity.svg", NeuronSections.strips(first, rows));
        }
        for (String condition : results.conditionsOf("removal")) {
            String name = "removal-" + condition.replaceAll("[^A-Za-z0-9]+", "-") + ".svg";
            pictures.put(name, RemovalSections.panel(RemovalSections.wholeNetwork(results), "mean-fold", condition, 440).draw());
        }
        return pictures;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(2, width - text.length()));
    }

    private static Map<String, Object> numbers(Results results) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("title", ReportPage.title(results));
        out.put("run", results.run());
        out.put("answer", Answer.of(Contrast.of(results)));
        out.put("problems", results.problems());
        out.put("arms", ArmResult.of(results));
        out.put("tables", tables(results));
        return out;
    }

    static Map<String, Object> tables(Results results) {
        Map<String, Object> tables = new LinkedHashMap<>();
        results.tables().forEach((name, table) -> {
            List<List<Object>> rows = new ArrayList<>();
            for (Csv.Row row : table.rows()) rows.add(table.header().stream().map(column -> value(row, column)).toList());
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("columns", table.header());
            entry.put("rows", rows);
            tables.put(name, entry);
        });
        return tables;
    }

    /// A number where the cell holds one, its text otherwise; an empty cell is "".
    private static Object value(Csv.Row row, String column) {
        double number = row.number(column);
        return Double.isFinite(number) ? (Object) number : row.text(column);
    }
}
