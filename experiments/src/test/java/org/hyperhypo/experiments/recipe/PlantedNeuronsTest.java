package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.adapt.Adaptation;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.Rates;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.experiments.model.LogLikelihoods;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.Criterion;
import org.hyperhypo.experiments.neurons.Detection;
import org.hyperhypo.experiments.neurons.Evidence;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.neurons.Shift;
import org.hyperhypo.experiments.prune.Compaction;
import org.hyperhypo.experiments.prune.Removal;
import org.hyperhypo.experiments.report.Csv;
import org.junit.jupiter.api.Test;

/// The paper's three steps on a network whose hyper, hypo and harmful neurons are known because they were put there.
///
/// Four inputs; the class says whether the first exceeds the second. Of 24 sigmoid neurons, 4 are never on, 4 always; two compare the first
/// two inputs, the others look at the fourth and nobody listens to them. One hyper neuron is harmful: it listens to the third input, which is
/// 0 in the source domain and 1 in the target, where the neuron, though still on, gives a quarter less. Its outgoing weight is 40.
class PlantedNeuronsTest {
    private static final long SEED = Tiny.seed("planted neurons");
    private static final int[] HYPO = {0, 7, 13, 22};
    private static final int[] HYPER = {2, 3, 11, 20};
    private static final int HARMFUL = 11;
    private static final int[] COMPARING = {5, 16};
    private static final int NEURONS = 24;
    private static final int FRAMES = 400;

    private final Network network = network();
    private final FrameSource source = frames(SEED, 0);
    private final FrameSource target = frames(SEED + 1, 1);
    private final ActivationStats stats = ActivationStats.over(network, source);
    private final HyperHypo found = HyperHypo.byActivity(network.spec(), stats, 4.0 / NEURONS);

    @Test
    void hyperAndHypoNeuronsAreFoundExactly() {
        assertArrayEquals(HYPO, found.hypo().rows("fc1"));
        assertArrayEquals(HYPER, found.hyper().rows("fc1"));
        HyperHypo absolute = HyperHypo.byThreshold(network.spec(), stats, 0.05, 0.95);
        assertArrayEquals(HYPO, absolute.hypo().rows("fc1"));
        assertArrayEquals(HYPER, absolute.hyper().rows("fc1"));
    }

    @Test
    void theHarmfulNeuronRuinsTheTargetDomainAndOnlyThat() {
        assertTrue(accuracy(network, source) > 0.98);
        assertTrue(accuracy(network, target) < 0.6, "accuracy on target " + accuracy(network, target));
    }

    /// Of all neurons it alone mends the target when its variation is removed, and without any label the divergence of its outputs points at it.
    @Test
    void theHarmfulNeuronIsFoundExactly() {
        double before = accuracy(network, target);
        for (int n = 0; n < NEURONS; n++) {
            NeuronMask one = NeuronMask.of(network.spec(), Map.of("fc1", new int[] {n}));
            double gain = accuracy(Removal.MEAN_FOLD.apply(network, one, stats), target) - before;
            assertEquals(n == HARMFUL, gain > 0.1, "neuron " + n + ": " + gain);
        }
        Evidence shifted = Evidence.measure(network, source, new int[] {0, FRAMES}, null, new Evidence.Effort(0, 0))
                .with(new Shift(stats, ActivationStats.over(network, target)));
        double[] divergence = Criterion.DIVERGENCE.values(shifted, "fc1");
        for (int n = 0; n < NEURONS; n++) {
            assertTrue(n == HARMFUL ? divergence[n] > 0.9 : divergence[n] < 0.5, "neuron " + n + ": " + divergence[n]);
        }
    }

    @Test
    void criteriaOfActivityFindTheTailsAndNormsDoNot() {
        Evidence evidence = Evidence.measure(network, source, new int[] {0, FRAMES}, null, new Evidence.Effort(0, 0));
        Csv table = new Csv(Detection.COLUMNS);
        Detection.add(table, 1, evidence, ActivationStats.over(network, frames(SEED + 2, 0)), found, SEED);
        for (Csv.Row row : table.rows()) {
            switch (row.text("criterion")) {
                case "activity_rate", "spread", "firing_entropy", "amplitude_entropy" -> {
                    boolean rate = row.text("criterion").equals("activity_rate");
                    assertTrue(row.number("auc") >= (rate ? 1 : 0.85) && row.number("auc_p") < 0.01, row.toString());
                }
                // Rows of saturated neurons are nearly all zero here: a small norm points at both tails, so it finds hypo and denies hyper.
                case "in_norm" -> assertTrue(row.text("kind").equals("hypo") == row.number("auc") > 0.5, row.toString());
                default -> { }
            }
        }
    }

    @Test
    void foldingThemLeavesTheSourceOutputsAndMendsTheTarget() {
        Network folded = Removal.MEAN_FOLD.apply(network, found.both(), stats);
        float[] before = posteriors(network, source);
        float[] after = posteriors(folded, source);
        assertArrayEquals(before, after, 1e-4f);
        assertTrue(accuracy(folded, target) > 0.98, "accuracy on target " + accuracy(folded, target));
        Compaction.Result compact = Compaction.measure(network, folded, target);
        assertEquals(NEURONS - 8, compact.compacted().spec().neuronLayer("fc1").neurons());
        assertTrue(compact.maxDifference() < 1e-4);
    }

    @Test
    void hypoNeuronsMayBeZeroedButHyperNeuronsAreBiases() {
        assertArrayEquals(posteriors(network, source), posteriors(Removal.ZERO.apply(network, found.hypo(), stats), source), 1e-4f);
        assertTrue(accuracy(Removal.ZERO.apply(network, found.hyper(), stats), source) < 0.6);
    }

    @Test
    void removingAsManyFromTheMiddleMendsNothing() {
        Network removed = Removal.MEAN_FOLD.apply(network, HyperHypo.middle(network.spec(), stats, found.both()), stats);
        assertTrue(accuracy(removed, target) < 0.6);
    }

    @Test
    void adaptingThemMendsTheTargetAndAdaptingTheMiddleDoesNot() {
        Adaptation adaptation = new Adaptation(network, target, new Adaptation.Labels(labels(target), null),
                new Adaptation.Options(4.0 / NEURONS, 0.9, 32, 1, 0.5, SEED));
        assertEquals(found.both(), adaptation.mask(Arm.Trained.BOTH, 0), "the same neurons from target speech");
        Arm.Budget budget = new Arm.Budget(new Rates(new Rates.Family(0.003, 0.03, 0.003, 0.03, 0.03)), 5, 5, 1);
        Map<String, Double> accuracy = new HashMap<>();
        for (Arm arm : Arm.standard(budget)) {
            accuracy.put(arm.id(), accuracy(adaptation.run(arm, 0).network(), target));
        }
        assertTrue(accuracy.get("A0") < 0.6 && accuracy.get("A6m") < 0.6 && accuracy.get("A9") < 0.6, "middle rows, or ten slow epochs of everything: " + accuracy);
        assertTrue(accuracy.get("A6") > 0.95 && accuracy.get("A7") > 0.95, "hyper and hypo rows first: " + accuracy);
        // What removal of the harmful neuron alone would give back is the planted gain.
        double planted = accuracy(Removal.MEAN_FOLD.apply(network, NeuronMask.of(network.spec(), Map.of("fc1", new int[] {HARMFUL})), stats), target);
        double recovered = (accuracy.get("A6") - accuracy.get("A0")) / (planted - accuracy.get("A0"));
        assertTrue(recovered > 0.9, "share of the planted gain recovered: " + recovered);
    }

    private static Network network() {
        Network network = Network.initialised(NetworkSpec.input(1, 4, 1).conv(1, 1, 1).relu().dense(NEURONS).sigmoid().dense(2).softmax(), SEED);
        network.tensor("conv1.weight")[0] = 1;
        float[] in = network.tensor("fc1.weight");
        float[] bias = network.tensor("fc1.bias");
        float[] out = network.tensor("output.weight");
        java.util.Arrays.fill(in, 0);
        java.util.Arrays.fill(out, 0);
        for (int n = 0; n < NEURONS; n++) {
            in[n * 4 + 3] = n % 2 == 0 ? 8 : -8;
            bias[n] = n % 2 == 0 ? -4 : 4;
        }
        for (int n : HYPO) {
            saturate(n, -20, in, bias);
            out[n] = 10;
        }
        for (int n : HYPER) {
            saturate(n, 20, in, bias);
            out[NEURONS + n] = 10;
        }
        saturate(HARMFUL, 5, in, bias);
        in[HARMFUL * 4 + 2] = -4;
        out[NEURONS + HARMFUL] = 40;
        for (int k = 0; k < 2; k++) {
            int n = COMPARING[k];
            saturate(n, 0, in, bias);
            in[n * 4] = k == 0 ? 30 : -30;
            in[n * 4 + 1] = -in[n * 4];
            out[k * NEURONS + n] = 4;
        }
        // What the hyper neurons say on source speech is taken off again.
        network.tensor("output.bias")[1] = (float) (-30 - 40 / (1 + Math.exp(-5)));
        return network;
    }

    private static void saturate(int n, float to, float[] in, float[] bias) {
        java.util.Arrays.fill(in, n * 4, n * 4 + 4, 0);
        bias[n] = to;
    }

    private static FrameSource frames(long seed, float third) {
        float[] data = new float[FRAMES * 4];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < data.length; i++) {
            data[i] = i % 4 == 2 ? third : (float) random.nextDouble();
        }
        return Tiny.frames(data, 4);
    }

    private static int[] labels(FrameSource frames) {
        int[] labels = new int[FRAMES];
        float[] x = new float[4];
        for (int t = 0; t < FRAMES; t++) {
            frames.fillFrame(t, x, 0);
            labels[t] = x[0] > x[1] ? 0 : 1;
        }
        return labels;
    }

    private static double accuracy(Network network, FrameSource frames) {
        float[] priors = new float[2];
        return LogLikelihoods.of(network, frames, new int[] {0, FRAMES}, priors).accuracy(labels(frames), priors);
    }

    private static float[] posteriors(Network network, FrameSource frames) {
        return LogLikelihoods.of(network, frames, new int[] {0, FRAMES}, new float[2]).utterances().getFirst().values();
    }
}
