package org.hyperhypo.experiments.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import org.hyperhypo.engine.Network;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.report.Csv;
import org.junit.jupiter.api.Test;

class DetectionTest {
    private static final int WIDTH = Tiny.BANDS * Tiny.CONTEXT.frames();

    @Test
    void aucIsTheShareOfPairsInOrder() {
        // Tail scores 4 and 2 against 3, 2, 1: pairs 1 1 1, 0 ½ 1.
        assertEquals(4.5 / 6, Detection.auc(new double[][] {{4, 3, 2, 2, 1}}, new boolean[][] {{true, false, true, false, false}}), 1e-12);
        assertEquals(1, Detection.auc(new double[][] {{4}, {1, 2}}, new boolean[][] {{true}, {false, false}}), 1e-12);
        assertTrue(Double.isNaN(Detection.auc(new double[][] {{1, 2}}, new boolean[][] {{false, false}})));
    }

    @Test
    void overlapsOfBlindChoicesAreHypergeometric() {
        // 5 neurons, 2 marked, 2 drawn: C(2,i)·C(3,2−i)/10.
        assertArrayEquals(new double[] {0.3, 0.6, 0.1}, Hypergeometric.probabilities(5, 2, 2), 1e-12);
        assertArrayEquals(new double[] {0, 0, 1}, Hypergeometric.probabilities(2, 2, 2), 1e-12);
        assertEquals(0.7, Hypergeometric.atLeast(Hypergeometric.probabilities(5, 2, 2), 1), 1e-12);
        assertEquals(1, DoubleStream.of(Hypergeometric.probabilities(1024, 102, 102)).sum(), 1e-9);
        assertArrayEquals(new double[] {0.09, 0.36, 0.42, 0.12, 0.01}, Hypergeometric.sum(new double[] {0.3, 0.6, 0.1}, new double[] {0.3, 0.6, 0.1}), 1e-12);
    }

    @Test
    void theRatesFindTheirOwnTailsAndTheTableIsWhole() {
        long seed = Tiny.seed("Detection");
        // Symmetric outputs: no two rates are alike.
        Network network = Network.initialised(Tiny.spec(new org.hyperhypo.kernels.Activation.Tanh()), seed);
        var frames = Tiny.frames(seed, 300, WIDTH);
        Evidence evidence = Evidence.measure(network, frames, new int[] {0, 300}, null, new Evidence.Effort(300, 0));
        HyperHypo tails = HyperHypo.byActivity(network.spec(), evidence.stats(), 0.25);
        Csv table = new Csv(Detection.COLUMNS);
        Detection.add(table, 1, evidence, evidence.stats(), tails, seed);
        int measured = (int) java.util.Arrays.stream(Criterion.values()).filter(c -> c.measured(evidence, "fc1")).count();
        assertEquals(measured * 2 * 3, table.rows().size(), "criteria × {hypo, hyper} × {fc1, fc2, all}");
        for (Csv.Row row : table.rows()) {
            if (row.text("criterion").equals("activity_rate")) {
                assertTrue(row.number("auc") > 0.99, row.toString());
                assertTrue(row.number("spearman_rate") > 0.999, row.toString());
            }
            assertEquals(row.number("tail") == 0 ? Double.NaN : row.number("overlap") / row.number("tail"), row.number("precision"), 1e-8);
            assertTrue(row.number("auc_p") > 0 && row.number("auc_p") <= 1);
            assertTrue(row.number("null_low") < 0.5 && row.number("null_high") > 0.5, row.toString());
        }
        Csv.Row all = table.rows().stream().filter(r -> r.text("criterion").equals("activity_rate") && r.text("layer").equals("all")).findFirst().orElseThrow();
        assertEquals(4, all.number("overlap"));
        assertEquals(2 * 4 / 8.0, all.number("expected"));
        // Both layers hit fully: (1 / C(8,2))².
        assertEquals(1 / 784.0, all.number("overlap_p"), 1e-9);
    }

    @Test
    void blindCriteriaAreCalledSignificantAboutOnceInTwenty() {
        long seed = Tiny.seed("Detection null");
        java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
        int significant = 0;
        int rounds = 40;
        int rows = 0;
        for (int round = 0; round < rounds; round++) {
            Network network = Tiny.network(random.nextLong());
            Evidence evidence = Evidence.measure(network, Tiny.frames(round, 40, WIDTH), new int[] {0, 40}, null, new Evidence.Effort(0, 0));
            // Tails dealt at random: no criterion knows them.
            var any = HyperHypo.random(network.spec(), evidence.stats(), HyperHypo.byActivity(network.spec(), evidence.stats(), 0.25).hypo(), random.nextLong());
            Csv table = new Csv(Detection.COLUMNS);
            Detection.add(table, 1, evidence, evidence.stats(), new HyperHypo(any, any), round);
            for (Csv.Row row : table.rows()) {
                if (row.text("layer").equals("all") && row.text("kind").equals("hypo") && List.of("mean", "in_norm", "out_norm").contains(row.text("criterion"))) {
                    significant += row.number("auc_p") <= 0.05 ? 1 : 0;
                    rows++;
                }
            }
        }
        assertEquals(3 * rounds, rows);
        assertTrue(significant <= 0.12 * rows, significant + " of " + rows);
    }
}
