package org.hyperhypo.benchmarks;

import java.util.Locale;
import org.hyperhypo.experiments.report.BarPlot;

/// What is compute-bound, as bars on an axis that ends at the FMA peak of the same run.
final class Picture {
    private static final String[] NAMES = {"ours", "ours, weights kept packed", "others"};
    private static final String[] STYLES = {"main", "middle", "random"};

    private Picture() {
    }

    static String svg(Summary summary) {
        double peak = Statistics.median(summary.forks().stream().mapToDouble(Verdict::peak).filter(p -> !Double.isNaN(p)).toArray());
        BarPlot plot = new BarPlot("Share of the FMA peak", String.format(Locale.ROOT, "%% of the FMA peak, median of the forks (one thread: %.0f GFLOP/s)",
                peak * 1e-9), NAMES, STYLES).width(760).upTo(100);
        summary.rows().forEach((question, rows) -> {
            if (!question.startsWith("kernels") && rows.getFirst().byFlops() && rows.getFirst().isLimit()) {
                plot.heading(question);
                rows.stream().filter(r -> !r.isLimit()).forEach(r -> plot.add(bar(r)));
            }
        });
        return plot.draw().standalone();
    }

    private static BarPlot.Bar bar(Summary.Row row) {
        double share = 100 * Statistics.median(row.shares());
        int part = row.contender().contains("kept packed") ? 1 : row.contender().startsWith("ours") ? 0 : 2;
        double[] parts = new double[NAMES.length];
        parts[part] = share;
        return new BarPlot.Bar(row.contender(), parts, String.format(Locale.ROOT, "%.0f %%  %s%s", share, Tables.time(Statistics.median(row.seconds())),
                row.residual() > 1 ? "  wrong answer" : ""));
    }
}
