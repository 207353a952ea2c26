package org.hyperhypo.yardsticks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.hyperhypo.benchmarks.Branch;
import org.hyperhypo.benchmarks.Contender;
import org.hyperhypo.benchmarks.Dense;

/// One layer in PyTorch, forward, or forward and backward.
final class TorchLayers {
    private TorchLayers() {
    }

    static List<Contender> dense(Engine engine, NDManager memory, Dense p) {
        NDArray x = memory.create(p.x(), new Shape(p.batch(), p.inputs()));
        NDArray w = memory.create(p.weights(), new Shape(p.neurons(), p.inputs()));
        NDArray b = memory.create(p.bias());
        NDArray dy = memory.create(p.dY(), new Shape(p.batch(), p.neurons()));
        Layer layer = new Layer(engine, memory, x, w, b, dy, p.backward(), true, (in, t) -> Activation.sigmoid(Linear.linear(in, t[0], t[1]).singletonOrThrow()));
        return List.of(Contender.of("PyTorch", p.flops(), layer::run, p, () -> layer.answer((y, _) -> { }, p.batch() * p.neurons())));
    }

    /// Once as everybody would write it, and once with the axes of input and filters exchanged: the same sums. PyTorch's convolution (oneDNN's) gives
    /// wrong filter gradients where a filter covers the whole last axis, as in the frequency branch; a wrong answer is shown, but compared with nothing.
    static List<Contender> branch(Engine engine, NDManager memory, Branch p) {
        return List.of(branch(engine, memory, p, false), branch(engine, memory, p, true));
    }

    /// Maps are (filter, position) in PyTorch and (position, filter) in the problem; a filter is the same in both. One of the pooled axes is 1 long.
    private static Contender branch(Engine engine, NDManager memory, Branch p, boolean exchanged) {
        int filters = p.shape().filters();
        int positions = p.pool().outHeight() * p.pool().outWidth();
        NDArray x = memory.create(p.x(), new Shape(p.batch(), 1, p.shape().height(), p.shape().width()));
        NDArray w = memory.create(p.filters(), new Shape(filters, 1, p.shape().filterHeight(), p.shape().filterWidth()));
        NDArray b = memory.create(p.bias());
        float[] gradient = new float[p.dY().length];
        reorder(p.dY(), gradient, p.batch(), positions, filters);
        NDArray dy = memory.create(gradient, new Shape(p.batch(), filters, p.pool().outHeight(), p.pool().outWidth()));
        Shape pool = new Shape(p.pool().poolHeight(), p.pool().poolWidth());
        Shape kernel = exchanged ? exchanged(pool) : pool;
        Layer layer = new Layer(engine, memory, exchanged ? exchanged(x) : x, exchanged ? exchanged(w) : w, b, exchanged ? exchanged(dy) : dy, p.backward(), false,
                (in, t) -> Activation.relu(Pool.maxPool2d(Conv2d.conv2d(in, t[0], t[1]).singletonOrThrow(), kernel, kernel, new Shape(0, 0), false)));
        int outputs = p.batch() * filters * positions;
        return Contender.of(exchanged ? "PyTorch, axes exchanged" : "PyTorch", p.flops(), layer::run, p, () -> {
            float[] answer = layer.answer((from, to) -> reorder(from, to, p.batch(), filters, positions), outputs);
            if (exchanged && p.backward()) {
                float[] dW = Arrays.copyOfRange(answer, outputs, answer.length);
                float[] back = new float[dW.length];
                reorder(dW, back, filters, p.shape().filterWidth(), p.shape().filterHeight());
                System.arraycopy(back, 0, answer, outputs, back.length);
            }
            return answer;
        });
    }

    /// The last two axes exchanged, in memory of its own.
    static NDArray exchanged(NDArray x) {
        return x.transpose(0, 1, 3, 2).duplicate();
    }

    static Shape exchanged(Shape pool) {
        return new Shape(pool.get(1), pool.get(0));
    }

    /// (n, rows, columns) to (n, columns, rows).
    static void reorder(float[] from, float[] to, int n, int rows, int columns) {
        for (int s = 0; s < n; s++) {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    to[(s * columns + c) * rows + r] = from[(s * rows + r) * columns + c];
                }
            }
        }
    }

    /// A function of input and parameters, differentiated by autograd.
    private record Layer(Engine engine, NDManager memory, NDArray x, NDArray w, NDArray b, NDArray dy, boolean backward, boolean inputGradient,
                         BiFunction<NDArray, NDArray[], NDArray> function) {

        void run() {
            pass(null, 0);
        }

        /// y, put in the problem's order by `order`, and dW after a backward pass.
        float[] answer(BiConsumer<float[], float[]> order, int outputs) {
            return pass(order, outputs);
        }

        private float[] pass(BiConsumer<float[], float[]> order, int outputs) {
            try (NDManager step = memory.newSubManager()) {
                NDArray in = leaf(x, step, backward && inputGradient);
                NDArray[] parameters = {leaf(w, step, backward), leaf(b, step, backward)};
                NDArray y;
                if (backward) {
                    try (GradientCollector collector = engine.newGradientCollector()) {
                        y = function.apply(in, parameters);
                        collector.backward(y.mul(dy).sum());
                    }
                } else {
                    y = function.apply(in, parameters);
                }
                return order == null ? null : answer(y, parameters[0], order, outputs);
            }
        }

        private float[] answer(NDArray y, NDArray weights, BiConsumer<float[], float[]> order, int outputs) {
            float[] values = y.toFloatArray();
            float[] answer = values.clone();
            order.accept(values, answer);
            if (!backward) {
                return answer;
            }
            float[] dW = weights.getGradient().toFloatArray();
            float[] both = Arrays.copyOf(answer, outputs + dW.length);
            System.arraycopy(dW, 0, both, outputs, dW.length);
            return both;
        }
    }

    /// The same numbers as a new variable without a gradient, which lives as long as `step`: so a gradient is stored, not added to an old one.
    static NDArray leaf(NDArray x, NDManager step, boolean gradient) {
        NDArray leaf = x.stopGradient();
        leaf.attach(step);
        leaf.setRequiresGradient(gradient);
        return leaf;
    }
}
