package org.hyperhypo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperhypo.benchmarks.ForkResult.Answer;
import org.hyperhypo.experiments.report.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
    @TempDir
    Path folder;

    private static ForkResult fork(int number, double ours) {
        List<Series> series = List.of(new Series("fma peak", 1e9, 0, new double[] {0.01, 0.01}, 0, Double.NaN),
                new Series("ours NN", 1e9, 0, new double[] {ours, ours}, 0, 0.25), new Series("them", 1e9, 0, new double[] {0.04, 0.04}, 12, 3));
        return new ForkResult("PRODUCTS", number, 0.01, "0.1 0.2 0.3", 2, List.of("them: 1.0"),
                List.of(new Answer("sgemm 256×1024×1024", "fma peak", series)));
    }

    private static Summary summary() {
        return Summary.of(Environment.here("hyperhypo bench", Map.of(), List.of("-Xmx3g"), Path.of(".")),
                List.of(fork(1, 0.0124), fork(2, 0.0124), fork(3, 0.012), fork(4, 0.0124), fork(5, 0.013)), 2);
    }

    @Test
    void aForkComesBackFromItsFile() throws Exception {
        Path file = folder.resolve("fork.json");
        ForkResult written = fork(3, 0.0125);
        written.write(file);
        ForkResult read = ForkResult.read(file);
        assertEquals(written.group(), read.group());
        assertEquals(3, read.fork());
        assertEquals(written.yardsticks(), read.yardsticks());
        Series series = read.answers().getFirst().series("ours NN");
        assertArrayEquals(new double[] {0.0125, 0.0125}, series.seconds());
        assertEquals(0.25, series.residual());
        assertTrue(Double.isNaN(read.answers().getFirst().series("fma peak").residual()));
    }

    @Test
    void theTableShowsRateShareAllocationErrorAndVerdict() {
        String text = Tables.text(summary());
        assertTrue(text.contains("| ours NN   | 12.40 ms | 80.65 GFLOP/s | 76.92 – 83.33 | 80.6 %  | 0              | 0.25         |"), text);
        assertTrue(text.contains("WRONG (3.00)"), text);
        assertTrue(text.lines().anyMatch(l -> l.contains("≥ 80.0 % of fma peak") && l.contains("reached (4 of 5 forks)")), text);
        assertTrue(text.contains("3 against OpenBLAS"), text);
        assertTrue(text.contains("5 of 5 forks count"), text);
    }

    @Test
    void resultsAreJsonWithEnvironmentForksTargetsAndRows() throws Exception {
        Map<?, ?> json = (Map<?, ?>) Json.parse(Json.text(summary().json()), "results");
        assertTrue(((Map<?, ?>) json.get("environment")).get("run") instanceof Map<?, ?> run && run.containsKey("commit") && run.containsKey("cpu"));
        assertEquals(5, ((List<?>) json.get("forks")).size());
        assertEquals(Targets.all(2).size(), ((List<?>) json.get("targets")).size());
        assertEquals(3, ((List<?>) json.get("rows")).size());
    }

    /// The bar of 80.65 % ends at that share of the way from 0 to the line that closes the axis, and no label lies beyond it.
    @Test
    void thePictureEndsAtThePeak() {
        String svg = Picture.svg(summary());
        assertTrue(svg.contains("one thread: 100 GFLOP/s"), svg);
        Matcher bar = Pattern.compile("<rect x=\"([0-9.]+)\" y=\"[0-9.]+\" width=\"([0-9.]+)\"[^>]*><title>ours NN, ours: 80.6").matcher(svg);
        assertTrue(bar.find(), svg);
        Matcher end = Pattern.compile("<path d=\"M([0-9.]+) [0-9.]+L\\1 [0-9.]+\" class=\"zero\"").matcher(svg);
        assertTrue(end.find(), svg);
        double left = Double.parseDouble(bar.group(1));
        assertEquals(0.8065, Double.parseDouble(bar.group(2)) / (Double.parseDouble(end.group(1)) - left), 0.002);
        assertTrue(svg.contains(">100</text>") && !svg.contains(">120</text>"), svg);
    }
}
