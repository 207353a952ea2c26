package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hyperhypo.kernels.Kernels;
import org.junit.jupiter.api.Test;

class DropoutTest {
    private static final NetworkSpec SPEC = NetworkSpec.input(3, 1, 1).dense(40).tanh().dropout(0.3f).dense(20).dropout(0.5f).dense(4).softmax();
    private static final NeuronMask ALL = NeuronMask.all(SPEC);

    @Test
    void aDrawDoesNotDependOnThreadsKernelsOrTheCutOfTheBatch() {
        Network net = Nets.random(SPEC, 1, true);
        float[] x = Nets.inputs(SPEC, 12, 1);
        float[] whole = logits(net, Kernels.scalar(), x, 0, 12, 100, ALL);
        assertArrayEquals(whole, logits(net, Kernels.best(2), x, 0, 12, 100, ALL));
        for (int cut = 1; cut < 12; cut++) {
            assertArrayEquals(Arrays.copyOf(whole, cut * 4), logits(net, Kernels.best(), x, 0, cut, 100, ALL));
            assertArrayEquals(Arrays.copyOfRange(whole, cut * 4, 48), logits(net, Kernels.best(), x, cut, 12 - cut, 100 + cut, ALL));
        }
        assertFalse(Arrays.equals(whole, logits(net, Kernels.best(), x, 0, 12, 101, ALL)), "other examples, other draws");
    }

    @Test
    void theShareIsDroppedAndTheMeanStays() {
        Dropout layer = new Dropout(0.3f);
        long key = Dropout.key("fc1", 0);
        int kept = 0;
        int both = 0;
        for (int example = 0; example < 400; example++) {
            for (int unit = 0; unit < 500; unit++) {
                kept += layer.keeps(1, key, example, unit) ? 1 : 0;
                both += layer.keeps(1, key, example, unit) && layer.keeps(1, Dropout.key("fc1", 1), example, unit) ? 1 : 0;
            }
        }
        double deviation = Math.sqrt(0.3 * 0.7 / 200_000);
        assertEquals(0.7, kept / 200_000.0, 5 * deviation);
        assertEquals(0.49, both / 200_000.0, 5 * deviation, "two layers draw on their own");
        assertTrue(new Dropout(0f).keeps(1, key, 0, 0));
    }

    @Test
    void evaluationAndFrozenLayersPassTheSameArrayOn() {
        Network net = Nets.random(SPEC, 1, false);
        Workspace w = net.workspace(12);
        net.forward(Nets.inputs(SPEC, 12, 1), 0, 12, w);
        for (Step step : w.plan.steps) {
            if (step instanceof LayerStep layer && layer.layer() instanceof Dropout) {
                assertSame(w.values(layer.x()), w.values(layer.y()));
            }
        }
        float[] x = Nets.inputs(SPEC, 12, 1);
        float[] evaluation = Arrays.copyOf(w.logits(), 48);
        assertArrayEquals(evaluation, logits(net, Kernels.best(), x, 0, 12, 0, NeuronMask.layers(SPEC, "output")), "nothing below the output learns");
        assertFalse(Arrays.equals(evaluation, logits(net, Kernels.best(), x, 0, 12, 0, NeuronMask.layers(SPEC, "fc2"))));
    }

    private static float[] logits(Network net, Kernels kernels, float[] x, int from, int n, long firstExample, NeuronMask mask) {
        Workspace w = net.workspace(n, kernels);
        net.forwardTraining(x, from * 3, n, 9, firstExample, mask, w);
        return w.logits().clone();
    }
}
