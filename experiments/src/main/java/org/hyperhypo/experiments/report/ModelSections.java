package org.hyperhypo.experiments.report;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/// How the model came to be: tuning of the decoder, alignments, training.
final class ModelSections {
    private ModelSections() {}

    static String tuning(Results results) {
        List<Csv.Row> rows = results.rows("tuning");
        if (rows.isEmpty()) return ReportPage.nothing("results/tuning.csv");
        double[] scales = axis(rows, "scale");
        double[] penalties = axis(rows, "penalty");
        double[][] wer = new double[scales.length][penalties.length];
        Set<Integer> chosen = new HashSet<>();
        for (int s = 0; s < scales.length; s++) {
            for (int p = 0; p < penalties.length; p++) {
                double scale = scales[s];
                double penalty = penalties[p];
                List<Csv.Row> cell = rows.stream().filter(r -> r.number("scale") == scale && r.number("penalty") == penalty).toList();
                wer[s][p] = ArmResult.wer(cell, "");
                if (cell.stream().anyMatch(r -> r.number("chosen") == 1)) chosen.add(s * penalties.length + p);
            }
        }
        return Html.paragraph("The acoustic scale and the word-insertion penalty were tuned on development speech that had been "
            + "corrupted, with other noises and rooms than the test’s. "
            + "On clean development speech every penalty looks alike, and a penalty chosen there makes removal look helpful when it only "
            + "moves the balance of insertions and deletions. "
            + "Of all cells within 0.5 points of the best, the one with the penalty nearest 0 was taken.")
            + Html.figure(HeatMap.draw("WER on corrupted development speech", "scale",
            Arrays.stream(scales).mapToObj(Text::significant).toList(), "word-insertion penalty",
            Arrays.stream(penalties).mapToObj(Text::significant).toList(), wer, chosen),
            "WER in percent over all replicates, darker is worse. Framed: the chosen cell"
            + (chosen.size() > 1 ? "s, one per replicate where they differ." : "."));
    }

    static String rates(Results results) {
        List<Csv.Row> rows = results.rows("rates");
        if (rows.isEmpty()) return Html.paragraph("The rates in the table of arms were fixed beforehand (see the options); --full chooses them from a grid.");
        double[] rates = axis(rows, "rate");
        List<String> kinds = results.distinct("rates", "kind");
        double[][] wer = new double[kinds.size()][rates.length];
        Set<Integer> chosen = new HashSet<>();
        for (int k = 0; k < kinds.size(); k++) {
            for (int r = 0; r < rates.length; r++) {
                String kind = kinds.get(k);
                double rate = rates[r];
                List<Csv.Row> cell = rows.stream().filter(row -> row.text("kind").equals(kind) && row.number("rate") == rate).toList();
                wer[k][r] = ArmResult.wer(cell, "");
                if (cell.stream().anyMatch(row -> row.number("chosen") == 1)) chosen.add(k * rates.length + r);
            }
        }
        return Html.paragraph("Every kind of stage was trained alone at every rate of one grid on development speech in the tuning domains, and scored on "
            + "other development speakers there. The fewest errors win, the smaller of equal rates; test references took no part.")
            + Html.figure(HeatMap.draw("WER on the tuning domains", "kind of stage", kinds, "learning rate",
            Arrays.stream(rates).mapToObj(Text::significant).toList(), wer, chosen),
            "WER in percent over all replicates and tuning domains, darker is worse; empty where training diverged. Framed: the choice of a replicate.");
    }

    private static double[] axis(List<Csv.Row> rows, String column) {
        return rows.stream().mapToDouble(r -> r.number(column)).filter(v -> !Double.isNaN(v)).distinct().sorted().toArray();
    }

    static String alignment(Results results) {
        if (results.rows("alignment").isEmpty()) return ReportPage.nothing("results/alignment.csv");
        HtmlTable table = new HtmlTable("round", ">frames with the true phone", ">mean boundary error, ms", ">boundaries within 20 ms");
        for (Csv.Row r : results.rows("alignment")) {
            table.row(r.text("round"), Text.percent(r.number("frame_agreement"), 1), Text.fixed(r.number("mean_boundary_ms"), 1),
                Text.percent(r.number("within_20ms"), 1));
        }
        return Html.paragraph("The first labels divide each utterance equally among its states (flat start); each round then realigns "
            + "with the network trained so far. Where the corpus knows its own times, "
            + "they are compared with ours; nothing was trained on them.") + table;
    }

    static String training(Results results) {
        List<Csv.Row> rows = results.rows("training");
        if (rows.isEmpty()) return ReportPage.nothing("results/training.csv");
        LinePlot loss = new LinePlot("Cross entropy against epoch", "epoch", "cross entropy per frame, nats").size(440, 240);
        loss.add(curve(rows, "training", "main", "train_loss")).add(curve(rows, "held out", "key", "held_out_loss"));
        LinePlot accuracy = new LinePlot("Held-out frame accuracy against epoch", "epoch", "held-out frame accuracy").size(440, 240);
        accuracy.add(curve(rows, "held out", "key", "held_out_accuracy"));
        HtmlTable table = new HtmlTable("replicate", ">epochs", ">first rate", ">last rate", ">training loss", ">held-out loss",
            ">held-out accuracy", ">seconds");
        for (String replicate : results.distinct("training", "replicate")) {
            List<Csv.Row> mine = rows.stream().filter(r -> r.text("replicate").equals(replicate)).toList();
            Csv.Row last = mine.getLast();
            table.row(replicate, Text.count(mine.size()), Text.significant(mine.getFirst().number("rate")),
                Text.significant(last.number("rate")), Text.fixed(last.number("train_loss"), 3),
                Text.fixed(last.number("held_out_loss"), 3), Text.percent(last.number("held_out_accuracy"), 1),
                Text.fixed(ArmResult.sum(mine, "seconds"), 1));
        }
        return "<div class=\"panels\"><div>" + loss.draw().inline() + "</div>\n<div>" + accuracy.draw().inline() + "</div></div>\n"
            + Html.note("Mean over replicates; band: least to greatest.") + table;
    }

    private static LinePlot.Line curve(List<Csv.Row> rows, String name, String style, String column) {
        double[] epochs = axis(rows, "epoch");
        double[][] y = new double[3][epochs.length];
        for (int i = 0; i < epochs.length; i++) {
            double epoch = epochs[i];
            double[] values = rows.stream().filter(r -> r.number("epoch") == epoch).mapToDouble(r -> r.number(column))
                .filter(v -> !Double.isNaN(v)).toArray();
            y[0][i] = DoubleStream.of(values).average().orElse(Double.NaN);
            y[1][i] = DoubleStream.of(values).min().orElse(Double.NaN);
            y[2][i] = DoubleStream.of(values).max().orElse(Double.NaN);
        }
        return new LinePlot.Line(name, style, epochs, y[0], y[1], y[2]);
    }
}
