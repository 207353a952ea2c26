package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Layers that do not learn run once per example, as far as memory and loss allow, and nobody can tell from the result.
class FrozenPrefixTest {
    private static final NetworkSpec SPEC = Nets.tfcnn();
    private static final int EXAMPLES = 50;
    private static final long BYTES = 4L * 13 * EXAMPLES;                    // outputs of fc1
    private final NeuronMask mask = Nets.mask(SPEC, 0.4, 3, "fc2", "output");

    /// Examples that count how often they are read, weighted by their number.
    private static final class Counting implements Examples {
        private final Examples examples = Nets.examples(SPEC, EXAMPLES, 1);
        private long read;

        @Override
        public int size() {
            return EXAMPLES;
        }

        @Override
        public int inputSize() {
            return examples.inputSize();
        }

        @Override
        public void fill(int[] index, int from, int count, float[] x, int[] labels) {
            read += count;
            examples.fill(index, from, count, x, labels);
        }

        @Override
        public float weight(int example) {
            return 1 + example % 3;
        }
    }

    @Test
    void theFrozenLayersRunOncePerExample() {
        Result never = train(4, 0, Loss.crossEntropy());
        assertEquals(4 * EXAMPLES, never.read);
        Result tooLittle = train(4, BYTES - 1, Loss.crossEntropy());
        assertEquals(4 * EXAMPLES, tooLittle.read, "one byte too little");
        Result kept = train(4, BYTES, Loss.crossEntropy());
        assertEquals(EXAMPLES, kept.read, "each example once in four epochs");
        assertEquals(never.hash, kept.hash, "weights of examples included");
        assertEquals(never.hash, tooLittle.hash);
        assertEquals(train(1, 0, Loss.crossEntropy()).hash, train(1, BYTES, Loss.crossEntropy()).hash);
    }

    @Test
    void aLossThatLooksBelowIsServedToo() {
        Network start = Nets.random(SPEC, 1, true);
        Network other = Nets.random(SPEC, 2, true);
        for (Loss loss : new Loss[] {new Entropy(), new KldRegularised(start, 0.4), new KldRegularised(other, 0.4), new Comparative(2, 0.2, 1)}) {
            boolean separable = loss instanceof Entropy || (loss instanceof KldRegularised kld && kld.reference() == start);
            Result never = train(3, 0, loss);
            Result kept = train(3, BYTES, loss);
            assertEquals(separable ? EXAMPLES : 3 * EXAMPLES, kept.read, loss.toString());
            assertEquals(never.hash, kept.hash, loss.toString());
        }
    }

    @Test
    void aNormalisedNeuronIsCutBelowTheLayerItBelongsTo() {
        NetworkSpec spec = NetworkSpec.input(1, 6, 5).conv(3, 2, 2).relu().dense(5).batchNorm().sigmoid().dense(4).softmax();
        assertEquals(Optional.of("fc1"), FrozenPrefix.cut(spec, NeuronMask.layers(spec, "bn1")), "the gate of fc1 stands behind bn1");
        assertEquals(Optional.of("output"), FrozenPrefix.cut(spec, NeuronMask.layers(spec, "output")));
        assertEquals(Optional.empty(), FrozenPrefix.cut(spec, NeuronMask.layers(spec, "conv1", "bn1")));
        NetworkSpec first = NetworkSpec.input(1, 6, 5).conv(3, 2, 2).batchNorm().relu().dense(4).softmax();
        assertEquals(Optional.empty(), FrozenPrefix.cut(first, NeuronMask.layers(first, "bn1")));
    }

    @Test
    void whatCannotBeSplitIsNamed() {
        Network net = Nets.random(SPEC, 1, false);
        assertThrows(ModelException.class, () -> net.below("conv2"));
        assertEquals(Optional.empty(), FrozenPrefix.cut(SPEC, NeuronMask.of(SPEC, Map.of("conv2", new int[] {0}, "fc3", new int[] {1}))));
        assertEquals(Optional.empty(), FrozenPrefix.cut(SPEC, NeuronMask.none(SPEC)));
    }

    private record Result(String hash, long read) {
    }

    private Result train(int epochs, long keptBytes, Loss loss) {
        Network net = Nets.random(SPEC, 1, true);
        Counting examples = new Counting();
        Trainer.train(net, mask, examples, null, Trainer.Options.of(Sgd.momentum(0.9), 0.05, epochs, 16, 5).withLoss(loss),
                Trainer.Execution.standard().withKeptBytes(keptBytes), _ -> { });
        return new Result(net.hash(), examples.read);
    }
}
