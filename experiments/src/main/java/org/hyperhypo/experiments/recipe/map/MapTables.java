package org.hyperhypo.experiments.recipe.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.score.Holm;
import org.hyperhypo.experiments.report.Csv;

/// The tables of a map, from those of its cells.
///
/// A contrast *holds* in a network if it learned its task (at most [#LEARNED] % errors on clean speech), the 95 % interval lies below 0, and its
/// bootstrap p is at most 0.05 after Holm's correction over those networks.
final class MapTables {
    static final double LEARNED = 50;
    static final double LEVEL = 0.05;
    private static final String[] SHARES = {"saturated", "learned", "inherited"};

    final Csv map = new Csv("network", "optimizer", "rate", "scale", "layers", "width", "activation", "epochs", "seeds", "usable", "neurons", "initial", "hypo",
            "hyper", "saturated", "inherited", "learned", "clean_wer", "target_wer", "blind_wer", "removed_wer", "removed_random_wer", "zeroed_wer",
            "zeroed_random_wer");
    final Csv contrasts = new Csv("network", "contrast", "condition", "difference", "low", "high", "p", "p_holm", "holds", "random_low", "random_high",
            "replicates", "words", "speaker_low", "speaker_high", "speakers");
    final Csv correlations = new Csv("contrast", "by", "networks", "spearman", "p", "p_holm");
    private final long seed;

    MapTables(long seed) {
        this.seed = seed;
    }

    /// One network with all its seeds.
    ///
    /// @param contrasts table of [org.hyperhypo.experiments.recipe.Contrasts]
    record Entry(GridNetwork network, Csv cells, WordRates rates, Csv contrasts) {
        private double sum(String column) {
            return cells.rows().stream().mapToDouble(row -> row.number(column)).sum();
        }

        /// Share of the hidden FC neurons of all seeds: "initial", "hypo", "hyper", "saturated", "inherited" or "learned".
        double share(String column) {
            return (column.equals("saturated") ? sum("hypo") + sum("hyper") : sum(column)) / sum("neurons");
        }

        boolean usable() {
            return rates.clean() <= LEARNED;
        }
    }

    MapTables fill(List<Entry> entries) {
        for (Entry e : entries) {
            List<Object> cells = new ArrayList<>(e.network.describe().values());
            WordRates rates = e.rates;
            cells.addAll(List.of(e.cells.rows().size(), e.usable(), e.sum("neurons"), e.share("initial"), e.share("hypo"), e.share("hyper"), e.share("saturated"),
                    e.share("inherited"), e.share("learned"), rates.clean(), rates.of("A0"), rates.of("A1")));
            MapContrast.ALL.stream().filter(c -> c.name().startsWith("removal-random") || c.name().startsWith("zeroing-random"))
                    .forEach(c -> cells.addAll(List.of(rates.of(c.a()), rates.of(c.b()))));
            map.add(cells.toArray());
        }
        for (MapContrast contrast : MapContrast.ALL) {
            add(contrast, entries);
        }
        correlate(entries);
        return this;
    }

    private void add(MapContrast contrast, List<Entry> entries) {
        List<Entry> tested = entries.stream().filter(e -> e.usable() && overall(e, contrast) != null).toList();
        double[] adjusted = Holm.adjust(tested.stream().mapToDouble(e -> overall(e, contrast).number("p")).toArray());
        for (Entry e : entries) {
            int place = tested.indexOf(e);
            double[] band = contrast.band(e.rates);
            for (Csv.Row row : rows(e, contrast)) {
                boolean all = row.text("condition").equals("all");
                double holm = all && place >= 0 ? adjusted[place] : Double.NaN;
                contrasts.add(e.network.name(), contrast.name(), row.text("condition"), row.number("difference"), row.number("low"), row.number("high"),
                        row.number("p"), holm, row.number("high") < 0 && holm <= LEVEL, all ? band[0] : Double.NaN, all ? band[1] : Double.NaN,
                        row.text("replicates"), row.number("words"), row.number("speaker_low"), row.number("speaker_high"), row.number("speakers"));
            }
        }
    }

    private static List<Csv.Row> rows(Entry entry, MapContrast contrast) {
        return entry.contrasts.rows().stream().filter(row -> row.text("contrast").equals(contrast.name())).toList();
    }

    private static Csv.Row overall(Entry entry, MapContrast contrast) {
        return rows(entry, contrast).stream().filter(row -> row.text("condition").equals("all")).findFirst().orElse(null);
    }

    /// Does the benefit (minus the difference) go up with the share? Holm's correction is over all rows.
    private void correlate(List<Entry> entries) {
        List<Object[]> rows = new ArrayList<>();
        for (MapContrast contrast : MapContrast.ALL.subList(0, 6)) {
            List<Entry> tested = entries.stream().filter(e -> e.usable() && overall(e, contrast) != null).toList();
            double[] benefit = tested.stream().mapToDouble(e -> -overall(e, contrast).number("difference")).toArray();
            for (String share : SHARES) {
                RankTest test = RankTest.of(tested.stream().mapToDouble(e -> e.share(share)).toArray(), benefit, seed);
                rows.add(new Object[] {contrast.name(), share, tested.size(), test.correlation(), test.p()});
            }
        }
        double[] adjusted = Holm.adjust(rows.stream().mapToDouble(row -> (double) row[4]).filter(p -> !Double.isNaN(p)).toArray());
        int next = 0;
        for (Object[] row : rows) {
            correlations.add(row[0], row[1], row[2], row[3], row[4], Double.isNaN((double) row[4]) ? Double.NaN : adjusted[next++]);
        }
    }

    /// As tables of `results/`.
    Map<String, Csv> all() {
        return Map.of("map", map, "map-contrasts", contrasts, "map-correlations", correlations);
    }
}
