package org.hyperhypo.experiments.recipe.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.report.Json;
import org.hyperhypo.experiments.report.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rule of the answer on made-up networks: ten of them, the i-th with 5·i + 5 % of its neurons saturated.
class MapTablesTest {
    private static final int NETWORKS = 10;

    @TempDir
    private Path folder;

    @Test
    void aBenefitPlantedInTheMostSaturatedNetworksIsFoundThere() throws IOException {
        Map<?, ?> answer = answer(made(i -> i >= 6 ? -2 - 0.1 * i : 0.1 - 0.01 * i, i -> 0.01, 1));
        assertTrue(where(answer).contains("beats blind adaptation, also one as long, in 4 of 10 networks, the least saturated at 35.0 % (n6), and in all 4 from 35.0 % on"),
                where(answer));
        assertTrue(where(answer).contains("removing them helps in 4 of 10 networks"), where(answer));
        String why = String.valueOf(answer.get("why"));
        assertTrue(why.startsWith("Benefit goes up with the saturated share for A7 − A1 (ρ +"), why);
        assertEquals(List.of("n6", "n7", "n8", "n9"), ((Map<?, ?>) ((List<?>) answer.get("claims")).getFirst()).get("holds"));
    }

    @Test
    void whereNothingIsPlantedNothingIsFound() throws IOException {
        SplittableRandom random = new SplittableRandom(Tiny.seed("null map"));
        double[] noise = random.doubles(NETWORKS, -0.4, 0.4).toArray();
        Map<?, ?> answer = answer(made(i -> noise[i], i -> 0.3 + 0.05 * i, 1));
        assertTrue(where(answer).startsWith("In none of 10 networks (5.0 to 50.0 % of the neurons saturated, 0.0 to 45.0 % in training) does any claim hold"), where(answer));
        assertTrue(String.valueOf(answer.get("why")).startsWith("Benefit does not demonstrably go up or down"), answer.toString());
    }

    @Test
    void oneSmallPAmongTenDoesNotHoldAfterHolm() {
        MapTables tables = new MapTables(1).fill(made(i -> i == 3 ? -1 : 0.1, i -> i == 3 ? 0.02 : 0.5, 1));
        Csv.Row row = tables.contrasts.rows().stream().filter(r -> r.text("network").equals("n3") && r.text("contrast").equals("A7-A1")).findFirst().orElseThrow();
        assertEquals(0.2, row.number("p_holm"), 1e-9);
        assertEquals(0, row.number("holds"));
        assertTrue(row.number("high") < 0, "though its own interval lies below 0");
    }

    @Test
    void networksThatDidNotLearnTakeNoPart() throws IOException {
        Map<?, ?> answer = answer(made(i -> -2, i -> 0.001, 90));
        assertEquals("None of the 10 networks learned the task, so nothing can be said.", where(answer));
    }

    @Test
    void theBandIsOfRandomNeuronsInPlaceOfTheChosenOnes() {
        WordRates rates = new WordRates();
        rates.add(new Csv("condition", "arm", "draw", "words", "sub", "del", "ins").add("noise", "A1", 0, 100, 20, 0, 0).add("noise", "A8", 0, 100, 14, 0, 0)
                .add("noise", "A8", 1, 100, 8, 1, 1).add("noise", "A3", 0, 100, 30, 0, 0).add("noise", "A3", 1, 100, 36, 0, 0));
        assertArrayEquals(new double[] {-10, -6}, contrast("A7-A1").band(rates), 1e-12, "A8 in place of A7, less A1");
        assertArrayEquals(new double[] {-2, 2}, contrast("A7-A8").band(rates), 1e-12, "A8's draws about their mean");
        assertArrayEquals(new double[] {-3, 3}, contrast("A6-A3").band(rates), 1e-12);
        assertArrayEquals(new double[] {Double.NaN, Double.NaN}, contrast("removal-A0").band(rates));
    }

    private static MapContrast contrast(String name) {
        return MapContrast.ALL.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void ranksThatAgreeAreUnlikelyByChanceAndRanksOfNoiseAreNot() {
        double[] x = {1, 2, 3, 4, 5, 6, 7, 8};
        RankTest planted = RankTest.of(x, new double[] {2, 3, 5, 7, 11, 13, 17, 19}, 1);
        assertEquals(1, planted.correlation(), 1e-12);
        assertTrue(planted.p() < 0.001, planted.toString());
        SplittableRandom random = new SplittableRandom(Tiny.seed("ranks"));
        int called = 0;
        for (int trial = 0; trial < 60; trial++) {
            called += RankTest.of(x, random.doubles(8).toArray(), trial).p() <= 0.05 ? 1 : 0;
        }
        assertTrue(called <= 10, called + " of 60 null correlations called at the 5 % level");
        assertTrue(Double.isNaN(RankTest.of(x, new double[8], 1).p()));
    }

    /// Intervals end where a two-sided p of 0.05 or less would have them end: 0 lies outside exactly for p below 0.05.
    private static List<MapTables.Entry> made(IntToDoubleFunction difference, IntToDoubleFunction p, int cleanErrors) {
        List<MapTables.Entry> entries = new ArrayList<>();
        for (int i = 0; i < NETWORKS; i++) {
            GridNetwork network = new GridNetwork("n" + i, NetworkGrid.BASE.optimizer(), 0.1, 1 + i, 4, 256, "sigmoid", 5);
            Csv cells = new Csv(CellResult.COLUMNS);
            cells.add("n" + i, 1, 1, 0, 1000, 1, 1, 0.9, 1, 0, 1000, 900, 25 * (i + 1), 25 * (i + 1), 50, 50 * i, "", 1);
            WordRates rates = new WordRates();
            rates.add(utterance("clean", "A0", cleanErrors));
            for (String system : List.of("A0", "A1", "A3", "A6", "A7", "A8", "A9")) {
                rates.add(utterance("noise", system, 20));
            }
            Csv contrasts = new Csv("contrast", "condition", "difference", "low", "high", "p", "replicates", "words", "speaker_low", "speaker_high", "speakers");
            double d = difference.applyAsDouble(i);
            // A planted p below 0.0005 in all ten is small enough after Holm's correction.
            double half = p.applyAsDouble(i) < 0.05 ? Math.abs(d) / 2 : Math.abs(d) + 0.5;
            double value = d < -1.5 ? p.applyAsDouble(i) / 100 : p.applyAsDouble(i);
            MapContrast.ALL.subList(0, 6).forEach(c -> contrasts.add(c.name(), "all", d, d - half, d + half, value, "", 1000, "", "", 8));
            entries.add(new MapTables.Entry(network, cells, rates, contrasts));
        }
        return entries;
    }

    private static Csv utterance(String condition, String system, int errors) {
        return new Csv("condition", "arm", "draw", "words", "sub", "del", "ins").add(condition, system, 0, 100, errors, 0, 0);
    }

    private static String where(Map<?, ?> answer) {
        return String.valueOf(answer.get("where"));
    }

    private Map<?, ?> answer(List<MapTables.Entry> entries) throws IOException {
        Files.createDirectories(folder.resolve("results"));
        for (Map.Entry<String, Csv> table : new MapTables(1).fill(entries).all().entrySet()) {
            table.getValue().write(folder.resolve("results").resolve(table.getKey() + ".csv"));
        }
        Report.write(folder);
        return (Map<?, ?>) ((Map<?, ?>) Json.read(folder.resolve(Report.NUMBERS))).get("answer");
    }
}
