package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The neurons themselves: how many are saturated, how active each is, how far each moved in training.
final class NeuronSections {
    private static final List<String> KINDS = List.of("hypo", "hyper", "middle", "other");

    private NeuronSections() {}

    static String saturation(Results results) {
        List<Csv.Row> rows = results.rows("saturation");
        if (rows.isEmpty()) return ReportPage.nothing("results/saturation.csv");
        String[] names = {"hypo", "hyper"};
        BarPlot layers = new BarPlot("Saturated neurons per layer before and after training", "share of the layer’s neurons, %", names,
            names).width(470);
        for (String layer : results.distinct("saturation", "layer")) {
            layers.heading(layer);
            for (String model : List.of("initial", "trained")) {
                layers.add(bar(model.equals("initial") ? "before training" : "after training",
                    rows.stream().filter(r -> r.text("layer").equals(layer) && r.text("model").equals(model)).toList()));
            }
        }
        BarPlot arms = new BarPlot("Saturated neurons per arm", "share of all hidden neurons, %", names, names).width(470);
        for (String model : List.of("initial", "trained")) arms.add(bar(model, rows.stream().filter(r -> r.text("model").equals(model))
            .toList()));
        List<String> adapted = results.distinct("saturation", "model").stream().filter(m -> !m.equals("initial") && !m.equals("trained"))
            .sorted(Arms.ORDER).toList();
        for (String arm : adapted) arms.add(bar(arm, rows.stream().filter(r -> r.text("model").equals(arm)).toList()));
        return "<div class=\"panels\"><div><h3>Per layer</h3>" + layers.draw().inline() + "</div>\n<div><h3>Per model</h3>"
            + arms.draw().inline() + "</div></div>\n"
            + Html.note("Hypo: active on at most 5 % of the frames; hyper: on at least 95 %. Mean over replicates and conditions. If the "
            + "counts before training are about those after, "
            + "saturation was inherited from the initial weights rather than learned.") + layers(results);
    }

    private static String layers(Results results) {
        HtmlTable table = new HtmlTable("layer", ">neurons", ">diversity before training", ">after", ">windowed entropy");
        for (String layer : results.distinct("layers", "layer")) {
            List<Csv.Row> mine = results.rows("layers").stream().filter(r -> r.text("layer").equals(layer)).toList();
            table.row(layer, Text.count(ArmResult.mean(mine, "neurons")), Text.fixed(ArmResult.mean(mine, "diversity_initial"), 3),
                Text.fixed(ArmResult.mean(mine, "diversity"), 3), Text.fixed(ArmResult.mean(mine, "windowed_entropy"), 3));
        }
        return table.isEmpty() ? "" : table + Html.note("Diversity: 1 − mean |cos| of the incoming rows of any two neurons; windowed entropy: of a neuron’s "
            + "outputs within half a second, 0 to 1, mean over neurons.");
    }

    private static BarPlot.Bar bar(String label, List<Csv.Row> rows) {
        double width = ArmResult.sum(rows, "width");
        double hypo = rows.isEmpty() ? Double.NaN : 100 * ArmResult.sum(rows, "hypo") / width;
        double hyper = rows.isEmpty() ? Double.NaN : 100 * ArmResult.sum(rows, "hyper") / width;
        return new BarPlot.Bar(label, new double[] {hypo, hyper}, Text.fixed(hypo, 1) + " + " + Text.fixed(hyper, 1));
    }

    static String activity(Results results) {
        if (results.rows("neurons").isEmpty()) return ReportPage.nothing("results/neurons.csv");
        List<String> replicates = results.distinct("neurons", "replicate");
        StringBuilder out = new StringBuilder();
        for (String replicate : replicates) {
            List<Csv.Row> rows = results.rows("neurons").stream().filter(r -> r.text("replicate").equals(replicate)).toList();
            String strips = Html.figure(strips(replicate, rows),
                "Every neuron is one cell; each layer is sorted by the share of frames on which a neuron is active. The thin row below "
                + "shows the same neurons before training, in the same order: "
                    + "where its ends have the colours of the row above, the neuron was saturated from the start.");
            String plots = "<div class=\"panels\"><div><h4>Mean and spread of each neuron’s activation</h4>"
                + scatter(rows, "Mean against standard deviation of the activation of every neuron", "mean activation", "mean",
                "standard deviation", "sd") + "</div>\n" + changes(rows) + "</div>\n<h4>How many neurons of each layer are how active</h4>\n" + histograms(rows);
            out.append(replicate.equals(replicates.getFirst()) ? strips + plots : Html.details("Replicate " + replicate, strips + plots));
        }
        return out.toString();
    }

    /// The neurons of one replicate, layer by layer.
    static Svg strips(String replicate, List<Csv.Row> rows) {
        List<NeuronStrips.Layer> layers = new ArrayList<>();
        for (String layer : rows.stream().map(r -> r.text("layer")).distinct().toList()) {
            List<Csv.Row> sorted = rows.stream().filter(r -> r.text("layer").equals(layer))
                .sorted(Comparator.comparingDouble((Csv.Row r) -> r.number("rate"))
                .thenComparingDouble(r -> r.number("mean"))).toList();
            layers.add(new NeuronStrips.Layer(layer, values(sorted, "rate"), values(sorted, "rate_initial")));
        }
        return NeuronStrips.draw("Activity rate of every neuron, replicate " + replicate, layers);
    }

    /// What training and a target domain did to each neuron, where the table knows.
    private static String changes(List<Csv.Row> rows) {
        StringBuilder out = new StringBuilder();
        if (known(rows, "rate_initial")) out.append("<div><h4>Activity before and after training</h4>").append(scatter(rows,
            "Activity rate before and after training", "activity rate before training", "rate_initial", "activity rate after training", "rate"))
            .append("</div>\n");
        if (known(rows, "movement")) out.append("<div><h4>Movement of each incoming row in training</h4>").append(scatter(rows,
            "Relative movement against activity", "activity rate", "rate", "‖row after − row before‖ / ‖row before‖", "movement")).append("</div>\n");
        if (known(rows, "shift_signed")) out.append("<div><h4>Shift from source to target speech</h4>").append(scatter(rows,
            "Shift of the mean activation against activity", "activity rate on source speech", "rate", "(μ target − μ source) / σ source", "shift_signed"))
            .append("</div>\n");
        return out.toString();
    }

    private static boolean known(List<Csv.Row> rows, String column) {
        return rows.stream().anyMatch(r -> Double.isFinite(r.number(column)));
    }

    private static String histograms(List<Csv.Row> rows) {
        StringBuilder out = new StringBuilder("<div class=\"panels\">\n");
        for (String layer : rows.stream().map(r -> r.text("layer")).distinct().toList()) {
            List<Csv.Row> mine = rows.stream().filter(r -> r.text("layer").equals(layer)).toList();
            out.append("<div><h4>").append(Html.escape(layer)).append("</h4>").append(Histogram.draw("Histogram of activity rates in " + layer, "activity rate",
                0, 1, 20, "after training", values(mine, "rate"), "before", known(mine, "rate_initial") ? values(mine, "rate_initial") : new double[0])
                .inline()).append("</div>\n");
        }
        return out.append("</div>\n").toString();
    }

    private static String scatter(List<Csv.Row> rows, String title, String xLabel, String x, String yLabel, String y) {
        Scatter scatter = new Scatter(title, xLabel, yLabel);
        for (String kind : KINDS.reversed()) {
            List<Csv.Row> mine = rows.stream().filter(r -> r.text("kind").equals(kind)).toList();
            if (!mine.isEmpty()) scatter.add(new Scatter.Group(kind, kind.equals("other") ? "soft" : kind, finite(mine, x), finite(mine, y)));
        }
        return scatter.draw(440, 290).inline();
    }

    static String movement(Results results) {
        List<Csv.Row> rows = results.rows("neurons").stream().filter(r -> !Double.isNaN(r.number("movement"))).toList();
        if (rows.isEmpty()) return ReportPage.nothing("column movement of results/neurons.csv");
        ForestPlot plot = new ForestPlot("Relative movement of incoming rows during training", "‖row after − row before‖ / ‖row before‖")
            .width(600);
        for (String layer : rows.stream().map(r -> r.text("layer")).distinct().toList()) {
            plot.add(ForestPlot.Row.heading(layer));
            for (String kind : KINDS) {
                double[] sorted = rows.stream().filter(r -> r.text("layer").equals(layer) && r.text("kind").equals(kind))
                    .mapToDouble(r -> r.number("movement")).sorted().toArray();
                if (sorted.length == 0) continue;
                double median = quantile(sorted, 0.5);
                plot.add(new ForestPlot.Row(kind, median, quantile(sorted, 0.1), quantile(sorted, 0.9), new double[0],
                    kind.equals("other") ? "soft" : kind,
                    Text.significant(median) + " (" + sorted.length + ")"));
            }
        }
        return Html.figure(plot.draw(), "Dot: median of the neurons of a kind; bar: from the 10th to the 90th percentile; numbers: median "
            + "(neurons, all replicates). "
            + "Rows that hardly moved received hardly any gradient: such a neuron kept what its random initial weights made of it.");
    }

    static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        return sorted[below] + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
    }

    private static double[] finite(List<Csv.Row> rows, String column) {
        return rows.stream().mapToDouble(r -> r.number(column)).map(v -> Double.isFinite(v) ? v : Double.NaN).toArray();
    }

    private static double[] values(List<Csv.Row> rows, String column) {
        return rows.stream().mapToDouble(r -> r.number(column)).toArray();
    }
}
