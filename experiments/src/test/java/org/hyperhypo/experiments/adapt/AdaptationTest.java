package org.hyperhypo.experiments.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronLayer;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.Schedule;
import org.hyperhypo.engine.Sgd;
import org.hyperhypo.engine.Trainer;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.adapt.Arm.Stage;
import org.hyperhypo.experiments.adapt.Arm.Trained;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.experiments.model.LabelledFrames;
import org.junit.jupiter.api.Test;

class AdaptationTest {
    private static final long SEED = Tiny.seed("Adaptation");
    private static final int FRAMES = 300;
    private static final Adaptation.Options OPTIONS = new Adaptation.Options(0.25, 0.9, 32, 0.8, SEED, 1);
    private static final Arm.Budget BUDGET = new Arm.Budget(0.03, 0.3, 0.05, 2, 1, 2);

    private final Network source = Tiny.network(SEED);
    private final FrameSource frames = Tiny.frames(SEED, FRAMES, Tiny.BANDS * Tiny.CONTEXT.frames());
    private final int[] labels = Tiny.labels(SEED, FRAMES, Tiny.STATES.size());
    private final Adaptation adaptation = new Adaptation(source, frames, labels, OPTIONS);

    @Test
    void everyArmLeavesTheSourceNetworkAndA0IsThatNetwork() {
        String before = source.hash();
        Map<String, String> hashes = new LinkedHashMap<>();
        for (Arm arm : Arm.standard(BUDGET)) {
            for (int draw = 0; draw < arm.draws(); draw++) {
                hashes.put(arm.id() + " " + draw, adaptation.run(arm, draw).network().hash());
                assertEquals(before, source.hash(), arm.id());
            }
        }
        assertEquals(before, hashes.remove("A0 0"));
        assertEquals(10, hashes.size());
        assertEquals(10, hashes.values().stream().distinct().count(), "every arm and draw ends elsewhere: " + hashes.keySet());
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
        for (Arm arm : Arm.standard(BUDGET)) {
            adaptation.run(arm, 0);
        }
        for (Arm arm : Arm.standard(BUDGET)) {
            assertEquals(fresh().run(arm, 0).network().hash(), adaptation.run(arm, 0).network().hash(), arm.id());
        }
        assertSame(adaptation.run(arm("A6"), 0).network(), adaptation.run(arm("A6"), 0).network(), "a stage is trained once");
    }

    @Test
    void armsChangeAllTheirRowsAndNotOneBitElsewhere() {
        for (String id : List.of("A1", "A2", "A3", "A6", "A6m")) {
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
        Adaptation halves = new Adaptation(source, frames, labels, new Adaptation.Options(0.5, 0.9, 32, 0.8, SEED, 1));
        assertEquals(NeuronMask.hiddenDense(source.spec()), halves.mask(Trained.BOTH, 0));
        Arm both = new Arm("all tails", "", List.of(new Stage(Trained.BOTH, 2, BUDGET.denseRate())), 1);
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
                Adaptation fresh = new Adaptation(source, recording(seen), labels, OPTIONS);
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
    void theStandardArmsAreThoseOfTheMethod() {
        Map<String, List<Trained>> trained = new LinkedHashMap<>();
        Arm.standard(BUDGET).forEach(arm -> trained.put(arm.id(), arm.stages().stream().map(Stage::trained).toList()));
        Map<String, List<Trained>> expected = new LinkedHashMap<>();
        expected.put("A0", List.of());
        expected.put("A1", List.of(Trained.EVERYTHING));
        expected.put("A2", List.of(Trained.HIDDEN_DENSE));
        expected.put("A3", List.of(Trained.RANDOM));
        expected.put("A6", List.of(Trained.BOTH));
        expected.put("A6m", List.of(Trained.MIDDLE));
        expected.put("A7", List.of(Trained.BOTH, Trained.EVERYTHING));
        expected.put("A8", List.of(Trained.RANDOM, Trained.EVERYTHING));
        expected.put("A9", List.of(Trained.EVERYTHING, Trained.EVERYTHING));
        assertEquals(expected, trained);
        assertEquals(arm("A7").epochs(), arm("A9").epochs());
        for (Arm arm : Arm.standard(BUDGET)) {
            assertEquals(arm.random() ? 2 : 1, arm.draws());
            assertEquals(arm.stages().size() == 2 ? 3 : arm.stages().size() == 1 ? 2 : 0, arm.epochs());
        }
    }

    private Adaptation fresh() {
        return new Adaptation(source, frames, labels, OPTIONS);
    }

    private static Arm arm(String id) {
        return Arm.standard(BUDGET).stream().filter(arm -> arm.id().equals(id)).findFirst().orElseThrow();
    }

    private static String row(Network network, NeuronLayer layer, int n) {
        float[] weights = network.tensor(layer.weight());
        StringBuilder bits = new StringBuilder().append(Float.floatToRawIntBits(network.tensor(layer.bias())[n]));
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
