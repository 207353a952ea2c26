package org.hyperhypo.experiments.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hyperhypo.engine.Learning;
import org.hyperhypo.engine.Loss;
import org.hyperhypo.engine.ModelException;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronLayer;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.OptimizerState;
import org.hyperhypo.engine.Schedule;
import org.hyperhypo.engine.Sgd;
import org.hyperhypo.engine.Targets;
import org.hyperhypo.engine.Trainer;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.adapt.Arm.Change;
import org.hyperhypo.experiments.adapt.Arm.Stage;
import org.hyperhypo.experiments.adapt.Arm.Trained;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.experiments.model.LabelledFrames;
import org.hyperhypo.experiments.prune.Removal;
import org.junit.jupiter.api.Test;

class AdaptationTest {
    private static final long SEED = Tiny.seed("Adaptation");
    private static final int FRAMES = 300;
    private static final Adaptation.Options OPTIONS = new Adaptation.Options(0.25, 0.9, 32, 0.8, 0.5, SEED);
    private static final Arm.Budget BUDGET = new Arm.Budget(new Rates(new Rates.Family(0.03, 0.3, 0.05, 0.3, 0.3)), 2, 1, 2);

    private final Network source = Tiny.network(SEED);
    private final FrameSource frames = Tiny.frames(SEED, FRAMES, Tiny.BANDS * Tiny.CONTEXT.frames());
    private final int[] labels = Tiny.labels(SEED, FRAMES, Tiny.STATES.size());
    private final Adaptation.Labels both = new Adaptation.Labels(labels, Tiny.labels(SEED + 1, FRAMES, Tiny.STATES.size()));
    private final Adaptation adaptation = new Adaptation(source, frames, both, OPTIONS);

    @Test
    void everyArmLeavesTheSourceNetworkAndA0IsThatNetwork() {
        String before = source.hash();
        Map<String, String> hashes = new LinkedHashMap<>();
        for (Arm arm : Arm.all(BUDGET)) {
            for (int draw = 0; draw < arm.draws(); draw++) {
                hashes.put(arm.id() + " " + draw, adaptation.run(arm, draw).network().hash());
                assertEquals(before, source.hash(), arm.id());
            }
        }
        assertEquals(before, hashes.remove("A0 0"));
        assertEquals(26, hashes.size());
        assertEquals(26, hashes.values().stream().distinct().count(), "every arm and draw ends elsewhere: " + hashes.keySet());
        assertTrue(!hashes.containsValue(before));
    }

    @Test
    void theFirstStageOfA7IsA6AndThatOfA8IsA3AndThatOfA9IsA1() {
        for (String[] pair : new String[][] {{"A7", "A6"}, {"A8", "A3"}, {"A9", "A1"}}) {
            Arm staged = arm(pair[0]);
            Arm first = new Arm("first", "", staged.stages().subList(0, 1), 1);
            assertEquals(arm(pair[1]).stages(), first.stages());
            assertEquals(fresh().run(arm(pair[1]), 1).network().hash(), fresh().run(first, 1).network().hash());
        }
    }

    @Test
    void sharedStagesGiveTheSameBitsAsArmsRunAlone() {
        for (Arm arm : Arm.all(BUDGET)) {
            adaptation.run(arm, 0);
        }
        for (Arm arm : Arm.all(BUDGET)) {
            assertEquals(fresh().run(arm, 0).network().hash(), adaptation.run(arm, 0).network().hash(), arm.id());
        }
        assertSame(adaptation.run(arm("A6"), 0).network(), adaptation.run(arm("A6"), 0).network(), "a stage is trained once");
    }

    @Test
    void armsChangeAllTheirRowsAndNotOneBitElsewhere() {
        for (String id : List.of("A1", "A2", "A2.conv", "A2.first", "A2.last", "A2.out", "A3", "A4", "A5", "A6", "A6m", "A13.A1", "A15.A1", "A15.A6")) {
            Adaptation.Outcome outcome = adaptation.run(arm(id), 0);
            int changed = 0;
            for (NeuronLayer layer : source.spec().neuronLayers()) {
                for (int n = 0; n < layer.neurons(); n++) {
                    boolean same = row(source, layer, n).equals(row(outcome.network(), layer, n));
                    if (!outcome.mask().contains(layer.name(), n)) {
                        assertTrue(same, id + " changed " + layer.name() + " neuron " + n);
                    }
                    changed += same ? 0 : 1;
                }
            }
            assertEquals(outcome.mask().count(), changed, id + ": every chosen neuron learnt");
        }
    }

    @Test
    void allNeuronsAsHyperOrHypoEqualsAllHiddenNeurons() {
        Adaptation halves = new Adaptation(source, frames, both, new Adaptation.Options(0.5, 0.9, 32, 0.8, 0.5, SEED));
        assertEquals(NeuronMask.hiddenDense(source.spec()), halves.mask(Trained.BOTH, 0));
        Arm both = new Arm("all tails", "", List.of(new Stage(Trained.BOTH, 2, BUDGET.rates().of(Trained.HIDDEN_DENSE, Change.WEIGHTS))), 1);
        assertEquals(halves.run(arm("A2"), 0).network().hash(), halves.run(both, 0).network().hash());
        assertNotEquals(source.hash(), halves.run(both, 0).network().hash());
    }

    @Test
    void keptConvolutionOutputsGiveTheSameBitsAsRunningTheWholeNetwork() {
        for (Trained trained : List.of(Trained.BOTH, Trained.HIDDEN_DENSE, Trained.RANDOM, Trained.MIDDLE)) {
            Network whole = source.copy();
            Trainer.train(whole, adaptation.mask(trained, 1), new LabelledFrames(frames, labels), null,
                    new Trainer.Options(Sgd.momentum(0.9), 0.3, Schedule.constant(), 2, 32, SEED, 0.8), step -> { });
            Arm arm = new Arm("one", "", List.of(new Stage(trained, 2, 0.3)), 1);
            assertEquals(whole.hash(), adaptation.run(arm, 1).network().hash(), trained.toString());
        }
    }

    @Test
    void aSecondStageGoesOnFromTheFirstWithTheNextSeedOnTheWholeNetwork() {
        Network whole = source.copy();
        Trainer.train(whole, adaptation.mask(Trained.BOTH, 0), new LabelledFrames(frames, labels), null,
                new Trainer.Options(Sgd.momentum(0.9), 0.3, Schedule.constant(), 2, 32, SEED, 0.8), step -> { });
        Trainer.train(whole, NeuronMask.all(source.spec()), new LabelledFrames(frames, labels), null,
                new Trainer.Options(Sgd.momentum(0.9), 0.03, Schedule.constant(), 1, 32, SEED + 1, 0.8), step -> { });
        assertEquals(whole.hash(), adaptation.run(arm("A7"), 0).network().hash());
    }

    @Test
    void everyArmSeesTheFramesInTheSameOrder() {
        Map<String, List<Integer>> orders = new LinkedHashMap<>();
        for (Arm arm : Arm.standard(BUDGET)) {
            for (int draw = 0; draw < arm.draws(); draw++) {
                List<Integer> seen = new ArrayList<>();
                Adaptation fresh = new Adaptation(source, recording(seen), both, OPTIONS);
                // Selective stages read kept outputs instead of frames, so every stage trains everything here; that they visit the same
                // frames shows in keptConvolutionOutputsGiveTheSameBits.
                Arm asking = new Arm(arm.id(), "", arm.stages().stream().map(s -> new Stage(Trained.EVERYTHING, s.epochs(), s.rate())).toList(), 1);
                seen.clear();
                fresh.run(asking, draw);
                orders.put(arm.id() + " " + draw, List.copyOf(seen));
            }
        }
        int perEpoch = (int) Math.round(0.8 * java.util.Arrays.stream(labels).filter(label -> label >= 0).count());
        assertEquals(2 * perEpoch, orders.get("A1 0").size());
        assertEquals(orders.get("A1 0"), orders.get("A6 0"));
        assertEquals(orders.get("A1 0"), orders.get("A3 1"));
        assertEquals(orders.get("A7 0"), orders.get("A9 0"));
        assertEquals(orders.get("A7 0"), orders.get("A8 1"));
        assertEquals(orders.get("A1 0"), orders.get("A9 0").subList(0, 2 * perEpoch));
        assertTrue(orders.get("A1 0").stream().allMatch(frame -> labels[frame] >= 0), "frames without a label are never visited");
    }

    @Test
    void masksAreTailsMiddleAndRandomOfEqualCounts() {
        NeuronMask both = adaptation.mask(Trained.BOTH, 0);
        assertEquals(both, adaptation.mask(Trained.HYPO, 0).union(adaptation.mask(Trained.HYPER, 0)));
        for (NeuronMask mask : List.of(both, adaptation.mask(Trained.MIDDLE, 0), adaptation.mask(Trained.RANDOM, 0), adaptation.mask(Trained.RANDOM, 1))) {
            assertArrayEquals(new int[] {4, 4, 0, 0}, List.of("fc1", "fc2", "conv1", "output").stream().mapToInt(mask::count).toArray());
        }
        assertEquals(0, both.intersect(adaptation.mask(Trained.MIDDLE, 0)).count());
        assertNotEquals(adaptation.mask(Trained.RANDOM, 0), adaptation.mask(Trained.RANDOM, 1));
        assertEquals(adaptation.mask(Trained.RANDOM, 1), fresh().mask(Trained.RANDOM, 1));
        assertEquals(both, adaptation.run(arm("A7"), 0).mask(), "an arm is described by what its first stage trains");
    }

    @Test
    void theArmsAreThoseOfTheMethod() {
        Map<String, String> trained = new LinkedHashMap<>();
        Arm.all(BUDGET).forEach(arm -> trained.put(arm.id(), arm.stages().stream().map(stage -> Rates.kind(stage.trained(), stage.change()))
                .collect(Collectors.joining(", "))));
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("A0", "");
        expected.put("A1", "everything: weights");
        expected.put("A2", "hidden dense: weights");
        expected.put("A3", "random: weights");
        expected.put("A6", "both: weights");
        expected.put("A6m", "middle: weights");
        expected.put("A7", "both: weights, everything: weights");
        expected.put("A8", "random: weights, everything: weights");
        expected.put("A9", "everything: weights, everything: weights");
        assertEquals(List.copyOf(expected.keySet()), Arm.standard(BUDGET).stream().map(Arm::id).toList(), "the default table");
        expected.put("A2.conv", "convolutions: weights");
        expected.put("A2.first", "first dense: weights");
        expected.put("A2.last", "last dense: weights");
        expected.put("A2.out", "output: weights");
        expected.put("A4", "hypo: weights");
        expected.put("A5", "hyper: weights");
        expected.put("A10", "middle: weights, everything: weights");
        expected.put("A11", "both: removed, everything: weights");
        expected.put("A12", "hidden dense: scales");
        expected.put("A12.A6", "both: scales");
        expected.put("A13.A1", "everything: weights near source");
        expected.put("A13.A7", "both: weights near source, everything: weights near source");
        expected.put("A14", "hidden dense: scales and biases by entropy");
        expected.put("A15.A1", "everything: weights by reference");
        expected.put("A15.A6", "both: weights by reference");
        expected.put("A15.A7", "both: weights by reference, everything: weights by reference");
        assertEquals(expected, trained);
        assertEquals(arm("A7").epochs(), arm("A9").epochs());
        for (Arm arm : Arm.all(BUDGET)) {
            assertEquals(arm.random() ? 2 : 1, arm.draws());
            assertEquals(arm.id().equals("A11") ? 2 : arm.stages().size() == 2 ? 3 : arm.stages().size() == 1 ? 2 : 0, arm.epochs(), arm.id());
        }
    }

    @Test
    void layerSubsetsAreTheLayersTheyName() {
        assertEquals(NeuronMask.layers(source.spec(), "conv1", "conv2"), adaptation.mask(Trained.CONVOLUTIONS, 0));
        assertEquals(NeuronMask.layers(source.spec(), "fc1"), adaptation.mask(Trained.FIRST_DENSE, 0));
        assertEquals(NeuronMask.layers(source.spec(), "fc2"), adaptation.mask(Trained.LAST_DENSE, 0));
        assertEquals(NeuronMask.layers(source.spec(), "output"), adaptation.mask(Trained.OUTPUT, 0));
    }

    @Test
    void scalesAloneLearnInLhucAndWithBiasesInEntropyArms() {
        for (String id : List.of("A12", "A12.A6", "A14")) {
            Network adapted = adaptation.run(arm(id), 0).network();
            NeuronMask chosen = adaptation.mask(arm(id).stages().getFirst().trained(), 0);
            for (NeuronLayer layer : source.spec().neuronLayers()) {
                for (int n = 0; n < layer.neurons(); n++) {
                    assertEquals(weights(source, layer, n), weights(adapted, layer, n), id + " leaves weights");
                    assertEquals(!id.equals("A14") || !chosen.contains(layer.name(), n), row(source, layer, n).equals(row(adapted, layer, n)), id + " and biases");
                    if (layer.gated()) {
                        assertEquals(chosen.contains(layer.name(), n), adapted.gates(layer.name())[n] != 1f, id + " " + layer.name() + " " + n);
                    }
                }
            }
        }
    }

    @Test
    void aScaleParameterOfZeroLeavesTheNetwork() {
        // θ = 0 is where LHUC begins; at rate 0 it stays there, and g = 2σ(0) is exactly 1.
        for (Trained trained : List.of(Trained.HIDDEN_DENSE, Trained.BOTH, Trained.EVERYTHING)) {
            Arm still = new Arm("still", "", List.of(new Stage(trained, Change.SCALES, 2, 0)), 1);
            assertEquals(source.hash(), adaptation.run(still, 0).network().hash());
        }
    }

    @Test
    void heldWhollyAtTheSourceNetworkNothingMoves() {
        // ρ = 1: the target is what the network says, so that the first gradient is 0, and with it every later one.
        Adaptation held = new Adaptation(source, frames, both, new Adaptation.Options(0.25, 0.9, 32, 0.8, 1, SEED));
        for (String id : List.of("A13.A1", "A13.A7")) {
            assertTrue(farthest(source, held.run(arm(id), 0).network()) < 1e-5, id);
            assertTrue(farthest(source, adaptation.run(arm(id), 0).network()) > 1e-3, id + " at ρ = 0.5");
        }
        Adaptation free = new Adaptation(source, frames, both, new Adaptation.Options(0.25, 0.9, 32, 0.8, 0, SEED));
        assertEquals(0, farthest(adaptation.run(arm("A7"), 0).network(), free.run(arm("A13.A7"), 0).network()), 1e-4, "ρ = 0 is A7");
    }

    @Test
    void referenceLabelsTakeTheirPlaceAndNothingElse() {
        Adaptation told = new Adaptation(source, frames, new Adaptation.Labels(both.reference(), null), OPTIONS);
        for (String id : List.of("A1", "A6", "A7")) {
            assertEquals(told.run(arm(id), 0).network().hash(), adaptation.run(arm("A15." + id), 0).network().hash());
        }
        assertTrue(assertThrows(ModelException.class, () -> told.run(arm("A15.A1"), 0)).getMessage().contains("reference transcripts"));
    }

    @Test
    void entropyArmsLookAtNoLabelButOnlyAtWhoIsTrusted() {
        int[] others = java.util.Arrays.stream(labels).map(label -> label < 0 ? -1 : (label + 1) % Tiny.STATES.size()).toArray();
        Adaptation relabelled = adaptation.with(new Adaptation.Labels(others, null));
        assertEquals(adaptation.run(arm("A14"), 0).network().hash(), relabelled.run(arm("A14"), 0).network().hash());
        assertNotEquals(adaptation.run(arm("A12"), 0).network().hash(), relabelled.run(arm("A12"), 0).network().hash());
    }

    @Test
    void removedNeuronsStayRemovedWhileEverythingElseLearns() {
        Adaptation.Outcome outcome = adaptation.run(arm("A11"), 0);
        NeuronMask gone = adaptation.mask(Trained.BOTH, 0);
        assertEquals(gone, outcome.mask());
        // Folding moves the biases of the layer above, removed neurons' too; then no row of theirs moves any more.
        Network folded = Removal.MEAN_FOLD.apply(source, gone, adaptation.stats());
        for (NeuronLayer layer : source.spec().neuronLayers()) {
            for (int n = 0; n < layer.neurons() && layer.gated(); n++) {
                assertEquals(gone.contains(layer.name(), n) ? 0f : 1f, outcome.network().gates(layer.name())[n]);
                assertEquals(gone.contains(layer.name(), n), row(folded, layer, n).equals(row(outcome.network(), layer, n)), layer.name() + " " + n);
            }
        }
    }

    @Test
    void costsAreThoseOfTheOptimizerAndOfTheNumbersThatMove() {
        Map<String, Long> parameters = new LinkedHashMap<>();
        for (String id : List.of("A0", "A1", "A3", "A6", "A7", "A12", "A12.A6", "A14", "A11")) {
            Adaptation.Outcome outcome = adaptation.run(arm(id), 0);
            parameters.put(id, outcome.parameters());
            long most = 0;
            for (Stage stage : arm(id).stages()) {
                if (stage.change() != Change.REMOVED) {
                    most = Math.max(most, momentum(adaptation.mask(stage.trained(), 0), stage.change().learning()));
                }
            }
            assertEquals(most, outcome.momentBytes(), id);
        }
        long all = source.spec().parameterCount();
        long inputs = source.spec().neuronLayer("fc1").inputs();
        assertEquals(Map.of("A0", 0L, "A1", all, "A3", 4 * (inputs + 1) + 4 * 9, "A6", 4 * (inputs + 1) + 4 * 9, "A7", all, "A12", 16L, "A12.A6", 8L, "A14", 32L,
                "A11", all), parameters);
    }

    /// Bytes that the engine's optimizer holds after a step.
    private long momentum(NeuronMask mask, Learning learning) {
        Network network = source.copy();
        Workspace w = network.workspace(1);
        OptimizerState state = Sgd.momentum(0.9).newState(network, learning);
        float[] x = new float[frames.width()];
        frames.fillFrame(0, x, 0);
        network.forward(x, 0, 1, w);
        network.backward(Loss.crossEntropy(), Targets.of(new int[] {0}), learning, 1, mask, w);
        Sgd.momentum(0.9).step(network, mask, w, 0.1, state);
        return state.bytes();
    }

    @Test
    void anArmWithoutNeuronsIsNamed() {
        Adaptation none = new Adaptation(source, frames, both, new Adaptation.Options(0.01, 0.9, 32, 0.8, 0.5, SEED));
        String message = assertThrows(ModelException.class, () -> none.run(arm("A7"), 0)).getMessage();
        assertTrue(message.contains("stage 1 of A7 has no neuron"), message);
    }

    private static double farthest(Network a, Network b) {
        double most = 0;
        for (String name : a.tensorNames()) {
            for (int i = 0; i < a.tensor(name).length; i++) {
                most = Math.max(most, Math.abs(a.tensor(name)[i] - b.tensor(name)[i]));
            }
        }
        return most;
    }

    private Adaptation fresh() {
        return new Adaptation(source, frames, both, OPTIONS);
    }

    private static Arm arm(String id) {
        return Arm.all(BUDGET).stream().filter(arm -> arm.id().equals(id)).findFirst().orElseThrow();
    }

    private static String row(Network network, NeuronLayer layer, int n) {
        return Float.floatToRawIntBits(network.tensor(layer.bias())[n]) + weights(network, layer, n);
    }

    private static String weights(Network network, NeuronLayer layer, int n) {
        float[] weights = network.tensor(layer.weight());
        StringBuilder bits = new StringBuilder();
        for (int i = n * layer.inputs(); i < (n + 1) * layer.inputs(); i++) {
            bits.append(' ').append(Float.floatToRawIntBits(weights[i]));
        }
        return bits.toString();
    }

    private FrameSource recording(List<Integer> seen) {
        return new FrameSource() {
            @Override
            public int frames() {
                return frames.frames();
            }

            @Override
            public int width() {
                return frames.width();
            }

            @Override
            public void fill(int from, int count, float[] out) {
                frames.fill(from, count, out);
            }

            @Override
            public void fillFrame(int frame, float[] out, int offset) {
                seen.add(frame);
                frames.fillFrame(frame, out, offset);
            }
        };
    }
}
