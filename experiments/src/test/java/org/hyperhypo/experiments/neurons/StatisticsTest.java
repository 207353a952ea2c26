package org.hyperhypo.experiments.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.model.FrameSource;
import org.junit.jupiter.api.Test;

/// The streaming statistics against the same things computed the long way from all outputs in memory.
class StatisticsTest {
    private static final int WIDTH = Tiny.BANDS * Tiny.CONTEXT.frames();
    private static final long SEED = Tiny.seed("neuron statistics");
    private static final int[] STARTS = {0, 20, 70, 330, 400};
    private static final int FRAMES = 400;
    private final Network network = Tiny.network(SEED);
    private final FrameSource frames = Tiny.frames(SEED, FRAMES, WIDTH);
    private final int[] labels = Tiny.labels(SEED, FRAMES, Tiny.STATES.size());
    private final double[][] fc2 = outputs(network, "fc2");

    @Test
    void windowedEntropyIsThatOfEveryWindow() {
        Activity activity = Activity.over(network, frames, STARTS, labels);
        double[] sum = new double[Tiny.WIDTH];
        int windows = 0;
        double[] utterances = new double[STARTS.length - 1];
        for (int u = 0; u + 1 < STARTS.length; u++) {
            int inside = 0;
            for (int from = STARTS[u]; from + 50 <= STARTS[u + 1] || from == STARTS[u]; from += 25) {
                int to = Math.min(from + 50, STARTS[u + 1]);
                for (int n = 0; n < Tiny.WIDTH; n++) {
                    double entropy = entropy(from, to, n);
                    sum[n] += entropy;
                    utterances[u] += entropy / Tiny.WIDTH;
                }
                windows++;
                inside++;
            }
            utterances[u] /= inside;
        }
        int all = windows;
        assertEquals(1 + 1 + 9 + 1, windows, "20, 50, 260 and 70 frames");
        assertArrayEquals(Arrays.stream(sum).map(s -> s / all).toArray(), activity.windowedEntropy("fc2"), 1e-12);
        assertArrayEquals(utterances, activity.utteranceEntropy("fc2"), 1e-12);
    }

    private double entropy(int from, int to, int neuron) {
        int[] counts = new int[8];
        for (int t = from; t < to; t++) {
            counts[Math.min(7, (int) ((float) fc2[t][neuron] * 8))]++;
        }
        return Arrays.stream(counts).filter(c -> c > 0).mapToDouble(c -> (double) c / (to - from)).map(p -> -p * Math.log(p) / Math.log(8)).sum();
    }

    @Test
    void selectivityIsTheShareOfVarianceBetweenStates() {
        StateSums sums = Activity.over(network, frames, STARTS, labels).states("fc2");
        int[] known = IntStream.range(0, FRAMES).filter(t -> labels[t] >= 0).toArray();
        for (int n = 0; n < Tiny.WIDTH; n++) {
            int neuron = n;
            double mean = IntStream.of(known).mapToDouble(t -> fc2[t][neuron]).average().orElseThrow();
            double total = IntStream.of(known).mapToDouble(t -> Math.pow(fc2[t][neuron] - mean, 2)).sum();
            double between = 0;
            for (int s = 0; s < Tiny.STATES.size(); s++) {
                int state = s;
                int[] mine = IntStream.of(known).filter(t -> labels[t] == state).toArray();
                double average = IntStream.of(mine).mapToDouble(t -> fc2[t][neuron]).average().orElseThrow();
                assertEquals(average, sums.mean(n, s), 1e-12);
                assertEquals(mine.length, sums.frames(s));
                between += mine.length * (average - mean) * (average - mean);
            }
            assertEquals(between / total, sums.selectivity(n), 1e-9);
        }
    }

    @Test
    void theStateExplainsAllOrNothingOrThereIsNothingToExplain() {
        StateSums sums = new StateSums(3, 2);
        for (int t = 0; t < 10; t++) {
            sums.frame(new float[] {t % 2, t / 2 % 2 == 0 ? t < 8 ? 1 : 0.5f : 0, 0.7f}, 0, t % 2);
        }
        assertEquals(1, sums.selectivity(0), 1e-12);
        assertEquals(0, sums.selectivity(1), 1e-12);
        assertTrue(Double.isNaN(sums.selectivity(2)), "constant");
    }

    @Test
    void aSetInTwoPartsGivesTheSameAsInOne() {
        Activity whole = Activity.over(network, frames, STARTS, labels);
        float[] x = new float[FRAMES * WIDTH];
        frames.fill(0, FRAMES, x);
        Activity first = Activity.over(network, Tiny.frames(Arrays.copyOf(x, 70 * WIDTH), WIDTH), new int[] {0, 20, 70}, Arrays.copyOf(labels, 70));
        Activity second = Activity.over(network, Tiny.frames(Arrays.copyOfRange(x, 70 * WIDTH, FRAMES * WIDTH), WIDTH), new int[] {0, 260, 330},
                Arrays.copyOfRange(labels, 70, FRAMES));
        Activity both = first.plus(second);
        for (String layer : new String[] {"fc1", "fc2"}) {
            assertArrayEquals(whole.windowedEntropy(layer), both.windowedEntropy(layer), 1e-12);
            assertArrayEquals(whole.utteranceEntropy(layer), both.utteranceEntropy(layer), 1e-12);
            assertArrayEquals(whole.meansBelow(layer), both.meansBelow(layer), 1e-6);
            for (int n = 0; n < Tiny.WIDTH; n++) {
                assertEquals(whole.states(layer).selectivity(n), both.states(layer).selectivity(n), 1e-9);
                assertEquals(whole.stats().layer(layer).amplitudeEntropy(n), both.stats().layer(layer).amplitudeEntropy(n), 1e-12);
            }
        }
        Gradients g = Gradients.over(network, frames, labels);
        Gradients twice = g.plus(g);
        assertEquals(g.taylorMean("fc1", 3), twice.taylorMean("fc1", 3), 1e-15);
        assertEquals(g.snip("fc1", 3), twice.snip("fc1", 3), 1e-12);
        assertEquals(70, first.stats().layer("fc1").frames(), "a sum leaves its parts as they are");
        FrameSource start = Tiny.frames(Arrays.copyOf(x, 70 * WIDTH), WIDTH);
        FrameSource rest = Tiny.frames(Arrays.copyOfRange(x, 70 * WIDTH, FRAMES * WIDTH), WIDTH);
        Correlations apart = Correlations.over(network, start, whole.stats()).plus(Correlations.over(network, rest, whole.stats()));
        Ablation ablations = Ablation.over(network, start, Arrays.copyOf(labels, 70)).plus(Ablation.over(network, rest, Arrays.copyOfRange(labels, 70, FRAMES)));
        for (int n = 0; n < Tiny.WIDTH; n++) {
            assertEquals(Correlations.over(network, frames, whole.stats()).redundancy("fc2", n), apart.redundancy("fc2", n), 1e-5);
            assertEquals(Ablation.over(network, frames, labels).increase("fc1", n), ablations.increase("fc1", n), 1e-6);
            assertEquals(Ablation.over(network, frames, labels).violation("fc1", n), ablations.violation("fc1", n), 1e-12);
        }
    }

    @Test
    void statesWithoutAnAlignmentAreThoseOfTheNetwork() {
        int[] own = new int[FRAMES];
        Workspace work = network.workspace(FRAMES);
        float[] x = new float[FRAMES * WIDTH];
        frames.fill(0, FRAMES, x);
        network.forward(x, 0, FRAMES, work);
        for (int t = 0; t < FRAMES; t++) {
            own[t] = Activity.best(work.logits(), t * Tiny.STATES.size(), Tiny.STATES.size());
        }
        Evidence.Effort effort = new Evidence.Effort(100, 50);
        Evidence without = Evidence.measure(network, frames, STARTS, null, effort);
        Evidence with = Evidence.measure(network, frames, STARTS, own, effort);
        for (Criterion criterion : Criterion.values()) {
            assertArrayEquals(with.layer("fc1").sum(), without.layer("fc1").sum());
            assertArrayEquals(criterion.values(with, "fc1"), criterion.values(without, "fc1"), criterion.label());
        }
    }

    @Test
    void correlationsAreThoseOfTheOutputs() {
        ActivationStats stats = ActivationStats.over(network, frames);
        Correlations correlations = Correlations.over(network, frames, stats);
        for (int i = 0; i < Tiny.WIDTH; i++) {
            double most = 0;
            for (int j = 0; j < Tiny.WIDTH; j++) {
                double expected = pearson(i, j);
                assertEquals(expected, correlations.correlation("fc2", i, j), 1e-6);
                most = j == i ? most : Math.max(most, Math.abs(expected));
            }
            assertEquals(most, correlations.redundancy("fc2", i), 1e-6);
        }
    }

    private double pearson(int i, int j) {
        double a = Arrays.stream(fc2).mapToDouble(f -> f[i]).average().orElseThrow();
        double b = Arrays.stream(fc2).mapToDouble(f -> f[j]).average().orElseThrow();
        double ab = Arrays.stream(fc2).mapToDouble(f -> (f[i] - a) * (f[j] - b)).sum();
        double aa = Arrays.stream(fc2).mapToDouble(f -> (f[i] - a) * (f[i] - a)).sum();
        double bb = Arrays.stream(fc2).mapToDouble(f -> (f[j] - b) * (f[j] - b)).sum();
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void taylorSumIsTheSlopeOfTheLossAlongTheGate() {
        Gradients gradients = Gradients.over(network, frames, labels);
        double all = 0;
        for (int n = 0; n < Tiny.WIDTH; n++) {
            all += gradients.taylorSum("fc1", n) + gradients.taylorSum("fc2", n);
        }
        for (String layer : new String[] {"fc1", "fc2"}) {
            for (int n = 0; n < Tiny.WIDTH; n++) {
                double step = 0.02;
                double slope = (loss(layer, n, 1 + step) - loss(layer, n, 1 - step)) / (2 * step);
                assertEquals(Math.abs(slope), gradients.taylorSum(layer, n), 2e-4, layer + " " + n);
                assertEquals(gradients.taylorSum(layer, n) / all, gradients.snip(layer, n), 1e-5);
                assertTrue(gradients.taylorMean(layer, n) >= gradients.taylorSum(layer, n) - 1e-12);
            }
        }
    }

    @Test
    void ablationIsTheLossWithAClosedGate() {
        Ablation ablation = Ablation.over(network, frames, labels);
        for (String layer : new String[] {"fc1", "fc2"}) {
            for (int n = 0; n < Tiny.WIDTH; n++) {
                assertEquals(loss(layer, n, 0) - loss(layer, n, 1), ablation.increase(layer, n), 1e-6);
                Network closed = network.withClosedGates(NeuronMask.of(network.spec(), Map.of(layer, new int[] {n})));
                double[] full = losses(network);
                double[] without = losses(closed);
                long violated = IntStream.range(0, FRAMES).filter(t -> labels[t] >= 0 && full[t] > without[t]).count();
                assertEquals((double) violated / IntStream.of(labels).filter(l -> l >= 0).count(), ablation.violation(layer, n), 1e-12);
            }
        }
    }

    @Test
    void shiftCountsInDeviationsOfTheSourceAndDivergenceIsBetweenNoneAndOne() {
        ActivationStats source = ActivationStats.over(network, frames);
        Shift none = new Shift(source, source);
        Shift moved = new Shift(source, ActivationStats.over(network, Tiny.frames(SEED + 1, 300, WIDTH)));
        for (int n = 0; n < Tiny.WIDTH; n++) {
            assertEquals(0, none.mean("fc1", n));
            assertEquals(0, none.jensenShannon("fc1", n), 1e-12);
            assertEquals((moved.target().layer("fc1").mean(n) - source.layer("fc1").mean(n)) / source.layer("fc1").deviation(n), moved.mean("fc1", n));
            assertTrue(moved.jensenShannon("fc1", n) > 0 && moved.jensenShannon("fc1", n) < 1);
        }
        ActivationStats.Layer low = single(0);
        ActivationStats.Layer high = single(31);
        Shift far = new Shift(new ActivationStats(java.util.List.of(low)), new ActivationStats(java.util.List.of(high)));
        assertEquals(1, far.jensenShannon("fc1", 0), 1e-12);
    }

    private static ActivationStats.Layer single(int bin) {
        ActivationStats.Layer layer = ActivationStats.Layer.empty("fc1", 1, OutputRange.of(new org.hyperhypo.kernels.Activation.Sigmoid()), 10);
        layer.histogram()[bin] = 10;
        return layer;
    }

    private double loss(String layer, int neuron, double gate) {
        Network changed = network.copy();
        changed.gates(layer)[neuron] = (float) gate;
        double[] losses = losses(changed);
        return IntStream.range(0, FRAMES).filter(t -> labels[t] >= 0).mapToDouble(t -> losses[t]).average().orElseThrow();
    }

    private double[] losses(Network of) {
        Workspace work = of.workspace(FRAMES);
        float[] x = new float[FRAMES * WIDTH];
        frames.fill(0, FRAMES, x);
        of.forward(x, 0, FRAMES, work);
        int states = Tiny.STATES.size();
        float[] posteriors = new float[FRAMES * states];
        of.logPosteriors(FRAMES, work, posteriors);
        return IntStream.range(0, FRAMES).mapToDouble(t -> labels[t] < 0 ? 0 : -posteriors[t * states + labels[t]]).toArray();
    }

    private double[][] outputs(Network of, String layer) {
        Workspace work = of.workspace(FRAMES);
        float[] x = new float[FRAMES * WIDTH];
        frames.fill(0, FRAMES, x);
        of.forward(x, 0, FRAMES, work);
        float[] all = work.activation(layer);
        double[][] outputs = new double[FRAMES][Tiny.WIDTH];
        for (int i = 0; i < FRAMES * Tiny.WIDTH; i++) {
            outputs[i / Tiny.WIDTH][i % Tiny.WIDTH] = all[i];
        }
        return outputs;
    }
}
