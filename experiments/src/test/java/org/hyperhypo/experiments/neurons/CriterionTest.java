package org.hyperhypo.experiments.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.UserError;
import org.junit.jupiter.api.Test;

/// Every criterion on a network of two rectified neurons and four frames, against numbers worked out by hand.
///
/// h = max(0, w x + b): neuron 0 has w = (1, 0), b = 0; neuron 1 has w = (−2, 1), b = 3. Frames (1, 0), (2, 0), (0, 1), (−1, 1) give
/// neuron 0 the outputs 1, 2, 0, 0 and neuron 1 the outputs 1, 0, 4, 6. Output columns: v₀ = (3, −4), v₁ = (0, 1).
class CriterionTest {
    private static final float[] FRAMES = {1, 0, 2, 0, 0, 1, -1, 1};
    private static final int[] LABELS = {0, 0, 1, 1};
    private static final Network NETWORK = network();
    private static final Evidence EVIDENCE = Evidence.measure(NETWORK, Tiny.frames(FRAMES, 2), new int[] {0, 4}, LABELS, new Evidence.Effort(4, 4))
            .with(new Shift(ActivationStats.over(NETWORK, Tiny.frames(FRAMES, 2)), ActivationStats.over(NETWORK, Tiny.frames(new float[] {3, 0}, 2))));

    private static Network network() {
        Network network = Network.initialised(NetworkSpec.input(1, 1, 2).dense(2).relu().dense(2).softmax(), 1);
        System.arraycopy(new float[] {1, 0, -2, 1}, 0, network.tensor("fc1.weight"), 0, 4);
        network.tensor("fc1.bias")[1] = 3;
        System.arraycopy(new float[] {3, 0, -4, 1}, 0, network.tensor("output.weight"), 0, 4);
        return network;
    }

    private static void is(Criterion criterion, double first, double second) {
        assertArrayEquals(new double[] {first, second}, criterion.values(EVIDENCE, "fc1"), 2e-6, criterion.label());
    }

    @Test
    void activity() {
        is(Criterion.ACTIVITY_RATE, 0.5, 0.75);
        is(Criterion.MEAN, 0.75, 2.75);
        is(Criterion.SPREAD, Math.sqrt(1.25 - 0.5625), Math.sqrt(53 / 4.0 - 7.5625));
        is(Criterion.ENERGY, 1.25, 53 / 4.0);
        is(Criterion.MINIMUM, 0, 0);
        is(Criterion.MAXIMUM, 2, 6);
        is(Criterion.NON_ZEROS, 0.5, 0.75);
        is(Criterion.FIRING_ENTROPY, 1, 2 - 0.75 * Math.log(3) / Math.log(2));
        // Bins of a quarter: 0 twice, 4, 8; and 0, 4, 16, 24.
        is(Criterion.AMPLITUDE_ENTROPY, 1.5 / 5, 2 / 5.0);
        // Bins of one: 0 twice, 1, 2; and 0, 1, 4, 6.
        is(Criterion.WINDOWED_ENTROPY, 1.5 / 3, 2 / 3.0);
        // State means 1.5 and 0; 0.5 and 5.
        is(Criterion.SELECTIVITY, 4 * 0.5625 / 2.75, 4 * 5.0625 / 22.75);
        double r = (-4 * 0.75 * 2.75 + 1) / Math.sqrt(2.75 * 22.75);
        is(Criterion.REDUNDANCY, Math.abs(r), Math.abs(r));
    }

    @Test
    void weights() {
        is(Criterion.IN_NORM_1, 1, 3);
        is(Criterion.IN_NORM, 1, Math.sqrt(5));
        is(Criterion.OUT_NORM_1, 7, 1);
        is(Criterion.OUT_NORM, 5, 1);
        // Mean frame (0.5, 0.5).
        is(Criterion.DRIVE, 0.5, 2.5);
        is(Criterion.VARIANCE_PASSED, 5 * Math.sqrt(0.6875), Math.sqrt(5.6875));
        is(Criterion.BIAS_PASSED, 3.75, 2.75);
        assertEquals(1 - 2 / Math.sqrt(5), Weights.diversity(NETWORK, "fc1"), 1e-6);
    }

    /// Margins o₀ − o₁ = 7 h₀ − h₁: 6, 14, −4, −6; with p the probability of the wrong state, ∂L/∂h = p·(v_wrong − v_right).
    @Test
    void gradients() {
        double[] p = {1 / (1 + Math.exp(6)), 1 / (1 + Math.exp(14)), 1 / (1 + Math.exp(4)), 1 / (1 + Math.exp(6))};
        double[] first = {-7 * p[0], -7 * 2 * p[1], 0, 0};
        double[] second = {p[0], 0, -4 * p[2], -6 * p[3]};
        is(Criterion.TAYLOR_MEAN, Arrays.stream(first).map(Math::abs).sum() / 4, Arrays.stream(second).map(Math::abs).sum() / 4);
        double a = Arrays.stream(first).sum();
        double b = Arrays.stream(second).sum();
        is(Criterion.TAYLOR_SUM, Math.abs(a) / 4, Math.abs(b) / 4);
        is(Criterion.TAYLOR_SQUARED, a * a / 4, b * b / 4);
        is(Criterion.SNIP, Math.abs(a) / (Math.abs(a) + Math.abs(b)), Math.abs(b) / (Math.abs(a) + Math.abs(b)));
    }

    @Test
    void ablation() {
        double full = nll(6) + nll(14) + nll(4) + nll(6);
        is(Criterion.ABLATION, (nll(-1) + nll(0) + nll(4) + nll(6) - full) / 4, (nll(7) + nll(14) + nll(0) + nll(0) - full) / 4);
        is(Criterion.VIOLATION, 0, 0.25);
    }

    @Test
    void shift() {
        // The other domain has one frame (3, 0): outputs 3 and 0.
        is(Criterion.SHIFT, 2.25 / Math.sqrt(0.6875), 2.75 / Math.sqrt(5.6875));
        // Shared bins: none; the 0 of one frame in four: H(5/8, 1/8 × 3) − (0 + 2)/2.
        double mixed = -5 / 8.0 * log2(5 / 8.0) + 3 * 3 / 8.0;
        is(Criterion.DIVERGENCE, 1, mixed - 1);
    }

    private static double nll(double margin) {
        return Math.log1p(Math.exp(-margin));
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    @Test
    void everyCriterionIsInTheTableOnceAndCanBeNamed() {
        Set<String> columns = new HashSet<>();
        for (Criterion criterion : Criterion.values()) {
            assertTrue(columns.add(criterion.column()));
            assertEquals(criterion, Criterion.of(criterion.column()));
            assertFalse(criterion.formula().isBlank());
            assertTrue(criterion.measured(EVIDENCE, "fc1"));
        }
        String message = assertThrows(UserError.class, () -> Criterion.of("size")).getMessage();
        assertTrue(message.contains("\"size\"") && message.contains("out_norm"), message);
    }

    @Test
    void whatWasNotMeasuredHasNoValue() {
        Evidence little = Evidence.measure(NETWORK, Tiny.frames(FRAMES, 2), new int[] {0, 4}, LABELS, new Evidence.Effort(0, 0));
        for (Criterion criterion : new Criterion[] {Criterion.SHIFT, Criterion.TAYLOR_SUM, Criterion.ABLATION, Criterion.REDUNDANCY}) {
            assertFalse(criterion.measured(little, "fc1"), criterion.label());
            assertTrue(Double.isNaN(criterion.values(little, "fc1")[0]));
        }
    }

    @Test
    void theLowestOfACriterionArePruned() {
        assertArrayEquals(new int[] {1}, HyperHypo.lowest(NETWORK.spec(), EVIDENCE, Criterion.OUT_NORM, 0.5).rows("fc1"));
        assertArrayEquals(new int[] {0}, HyperHypo.lowest(NETWORK.spec(), EVIDENCE, Criterion.IN_NORM, 0.5).rows("fc1"));
    }
}
