package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Two runs side by side: what was done differently, and what came of it. Nothing is tested here: other speakers and seeds make two runs unpaired.
public final class Comparison {
    private final Results a;
    private final Results b;
    private final String nameA;
    private final String nameB;

    private Comparison(Path a, Path b) {
        this.a = Results.read(a);
        this.b = Results.read(b);
        this.nameA = "A: " + a;
        this.nameB = "B: " + b;
    }

    /// Writes the page to `file` and returns the same as plain text: WER of all arms, the contrasts, the answers.
    public static String write(Path first, Path second, Path file) throws IOException {
        Comparison comparison = new Comparison(first, second);
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("The answers", comparison.answers());
        sections.put("Contrasts", comparison.contrasts());
        sections.put("Arms and conditions", comparison.arms().toString());
        sections.put("Saturated neurons", comparison.saturation());
        sections.put("What was done differently", comparison.options());
        sections.put("Holes", comparison.holes());
        AtomicFile.write(file, ReportPage.page("hyperhypo: two runs", "<header><p class=\"kicker\">two runs side by side</p><h1>"
            + Html.escape(comparison.title()) + "</h1>\n" + Html.note(comparison.nameA) + Html.note(comparison.nameB) + "</header>\n", sections));
        return comparison.text() + "\n" + file + "\n";
    }

    private String title() {
        String one = ReportPage.title(a);
        String other = ReportPage.title(b);
        return one.equals(other) ? one : one + " and " + other;
    }

    private String answers() {
        List<Answer.Claim> one = Answer.of(Contrast.of(a)).claims();
        List<Answer.Claim> other = Answer.of(Contrast.of(b)).claims();
        HtmlTable table = new HtmlTable("question", "A", "B", "");
        for (int i = 0; i < one.size(); i++) {
            table.row(one.get(i).question(), one.get(i).outcome().text, other.get(i).outcome().text,
                one.get(i).outcome() == other.get(i).outcome() ? "same" : "different");
        }
        return table.toString();
    }

    private String contrasts() {
        List<Contrast> one = Contrast.of(a);
        List<Contrast> other = Contrast.of(b);
        ForestPlot plot = new ForestPlot("Declared contrasts of both runs", "difference in WER, percentage points")
            .aroundZero("← first is better", "second is better →").width(680);
        for (String name : Contrast.DECLARED) {
            Optional<Contrast> x = Contrast.overall(one, name);
            Optional<Contrast> y = Contrast.overall(other, name);
            plot.add(ForestPlot.Row.heading(x.or(() -> y).map(Contrast::label).orElse(name)));
            plot.add(row("A", x, "main"));
            plot.add(row("B", y, "key"));
        }
        return Html.figure(plot.draw(), "All target conditions of each run, with 95 % intervals; small marks: single replicates.");
    }

    private static ForestPlot.Row row(String name, Optional<Contrast> c, String style) {
        return c.map(x -> new ForestPlot.Row(name, x.difference(), x.low(), x.high(), x.replicates(), style, x.numbers()))
            .orElse(new ForestPlot.Row(name, Double.NaN, Double.NaN, Double.NaN, new double[0], style, Text.HOLE));
    }

    /// WER per arm and condition of both; conditions and arms that only one has leave holes.
    private HtmlTable arms() {
        Map<String, List<ArmResult>> one = ArmResult.of(a);
        Map<String, List<ArmResult>> other = ArmResult.of(b);
        HtmlTable table = new HtmlTable("arm", ">WER %, A", ">B", ">B − A", ">− A0, A", ">B", ">source WER %, A", ">B");
        for (String condition : union(one.keySet(), other.keySet())) {
            table.group(condition.equals(ArmResult.ALL) ? "all conditions" : condition);
            for (String arm : armsOf(one.get(condition), other.get(condition))) {
                ArmResult x = find(one.get(condition), arm);
                ArmResult y = find(other.get(condition), arm);
                double wx = x == null ? Double.NaN : x.wer();
                double wy = y == null ? Double.NaN : y.wer();
                table.row(arm, Text.fixed(wx, 2), Text.fixed(wy, 2), Text.signed(wy - wx, 2), Text.signed(x == null ? Double.NaN : x.difference(), 2),
                    Text.signed(y == null ? Double.NaN : y.difference(), 2), Text.fixed(x == null ? Double.NaN : x.sourceWer(), 2),
                    Text.fixed(y == null ? Double.NaN : y.sourceWer(), 2));
            }
        }
        return table;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static List<String> armsOf(List<ArmResult> one, List<ArmResult> other) {
        Set<String> names = new LinkedHashSet<>();
        for (List<ArmResult> list : new ArrayList<>(java.util.Arrays.asList(one, other))) if (list != null) list.forEach(r -> names.add(r.arm()));
        return names.stream().sorted(Arms.ORDER).toList();
    }

    private static ArmResult find(List<ArmResult> arms, String arm) {
        return arms == null ? null : arms.stream().filter(r -> r.arm().equals(arm)).findFirst().orElse(null);
    }

    private String saturation() {
        HtmlTable table = new HtmlTable("model", ">hypo %, A", ">B", ">hyper %, A", ">B");
        for (String model : List.of("initial", "trained")) {
            table.row(model, saturated(a, model, "hypo"), saturated(b, model, "hypo"), saturated(a, model, "hyper"), saturated(b, model, "hyper"));
        }
        return table.toString();
    }

    private static String saturated(Results results, String model, String kind) {
        List<Csv.Row> rows = results.rows("saturation").stream().filter(r -> r.text("model").equals(model)).toList();
        return rows.isEmpty() ? Text.HOLE : Text.fixed(100 * ArmResult.sum(rows, kind) / ArmResult.sum(rows, "width"), 1);
    }

    private String options() {
        HtmlTable table = new HtmlTable("option", "A", "B");
        Map<String, String> one = a.run().map(Comparison::described).orElse(Map.of());
        Map<String, String> other = b.run().map(Comparison::described).orElse(Map.of());
        for (String name : union(one.keySet(), other.keySet())) {
            if (!Objects.equals(one.get(name), other.get(name))) {
                table.row(name, one.getOrDefault(name, Text.HOLE), other.getOrDefault(name, Text.HOLE));
            }
        }
        return table.isEmpty() ? Html.paragraph("Nothing that the records know of.") : table.toString();
    }

    private static Map<String, String> described(RunRecord run) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("command", run.command());
        all.put("commit", run.commit() + (run.tree().equals("changed") ? ", with local changes" : ""));
        all.put("seed", String.valueOf(run.seed()));
        all.put("processor", run.cpu() + ", " + Text.plural(run.cores(), "core", "cores"));
        all.put("kernels", run.kernels());
        all.putAll(run.options());
        return all;
    }

    private String holes() {
        StringBuilder out = new StringBuilder();
        for (Results run : List.of(a, b)) {
            for (String problem : run.problems()) out.append(Html.item((run == a ? "A: " : "B: ") + problem));
        }
        return out.isEmpty() ? Html.paragraph("None: every table of both runs is there.") : "<ul class=\"problems\">" + out + "</ul>\n";
    }

    private String text() {
        StringBuilder out = new StringBuilder(nameA).append('\n').append(nameB).append("\n\n");
        out.append(String.format("%-18s %-28s %s%n", "contrast, points", "A", "B"));
        List<Contrast> one = Contrast.of(a);
        List<Contrast> other = Contrast.of(b);
        for (String name : Contrast.DECLARED) {
            Optional<Contrast> x = Contrast.overall(one, name);
            Optional<Contrast> y = Contrast.overall(other, name);
            out.append(String.format("%-18s %-28s %s%n", x.or(() -> y).map(Contrast::label).orElse(name), x.map(Contrast::numbers).orElse(Text.HOLE),
                y.map(Contrast::numbers).orElse(Text.HOLE)));
        }
        ArmResult.of(a).entrySet().stream().findFirst().ifPresent(first -> {
            List<ArmResult> others = ArmResult.of(b).get(first.getKey());
            out.append(String.format("%n%-18s %-28s %s%n", "WER %, " + first.getKey(), "A", "B"));
            for (String arm : armsOf(first.getValue(), others)) {
                ArmResult x = find(first.getValue(), arm);
                ArmResult y = find(others, arm);
                out.append(String.format("%-18s %-28s %s%n", arm, Text.fixed(x == null ? Double.NaN : x.wer(), 2), Text.fixed(y == null ? Double.NaN : y.wer(), 2)));
            }
        });
        return out.toString();
    }
}
