package org.hyperhypo.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronLayer;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.OptimizerState;
import org.hyperhypo.engine.Sgd;
import org.hyperhypo.engine.Shape;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.kernels.Activation;
import org.hyperhypo.kernels.Kernels;

/// A training step of a TFCNN, SGD with momentum: forward, cross entropy, backward, update. And the adaptation step: the same labels, but only a
/// tenth of the FC neurons learns, and the outputs of the convolutions, which do not learn, were computed once and kept.
///
/// The answer of either is the loss before three successive steps on the first `checked` samples, and how far the first layer's weights moved in them:
/// right only if gradients and updates are.
///
/// @param checked  samples of the answer
/// @param expected answers of the whole step and the adaptation step by the scalar twin, made when first needed
public record Step(NetworkSpec spec, int batch, int checked, float[] inputs, int[] labels, float[][] expected) implements Problem {
    public static final double RATE = 0.01;
    public static final double MOMENTUM = 0.9;
    static final String WHOLE = "ours, whole step";
    static final String ADAPTATION = "ours, adaptation step";
    private static final String FIRST_FC = "fc1";
    private static final double SHARE = 0.1;
    /// Of the answer.
    public static final int STEPS = 3;

    /// The paper's network: 200 filters 8×17, pool 3×1, beside 75 filters 40×8, pool 1×5, on 40×17; four layers of 1024; 3000 states.
    public static NetworkSpec paper() {
        return NetworkSpec.tfcnn(new Shape(1, 40, 17), 200, 8, 3, 75, 8, 5, 4, 1024, new Activation.Sigmoid(), 3000);
    }

    static Step of(NetworkSpec spec, int batch) {
        return new Step(spec, batch, Math.min(batch, 8), Numbers.random(batch * spec.input().size(), 1), Numbers.labels(batch, spec.output().size(), 2),
                new float[2][]);
    }

    /// The network that every contender starts from, as a fresh copy.
    public Network network() {
        return Network.initialised(spec, 1);
    }

    /// A tenth of the neurons of every hidden dense layer, evenly spread.
    public Map<String, int[]> tenth() {
        Map<String, int[]> rows = new LinkedHashMap<>();
        for (NeuronLayer layer : spec.neuronLayers()) {
            if (layer.kind() == NeuronLayer.Kind.HIDDEN) {
                rows.put(layer.name(), Numbers.spread((int) Math.ceil(SHARE * layer.neurons()), layer.neurons()));
            }
        }
        return rows;
    }

    /// Forward and both gradients of every layer, less the gradient of the convolutions' input, which nobody needs.
    public double flops() {
        double forward = (double) batch * spec.flopsPerSample();
        double convolutions = (double) batch * spec.below(FIRST_FC).flopsPerSample();
        return 3 * forward - convolutions;
    }

    /// Above the kept outputs: forward, the gradient of the inputs of all layers but the first, and the weight gradient of the mask.
    public double adaptationFlops() {
        NetworkSpec above = spec.from(FIRST_FC);
        Map<String, int[]> rows = tenth();
        double flops = 2.0 * batch * above.flopsPerSample();
        for (NeuronLayer layer : above.neuronLayers()) {
            flops += 2.0 * batch * layer.inputs() * (rows.containsKey(layer.name()) ? rows.get(layer.name()).length : 0);
            flops -= layer.name().equals(FIRST_FC) ? 2.0 * batch * layer.inputs() * layer.neurons() : 0;
        }
        return flops;
    }

    List<Contender> ours(Kernels kernels) {
        return List.of(Contender.of(WHOLE, flops(), new Run(this, false, kernels)::step, this, () -> answer(false, kernels)),
                Contender.of(ADAPTATION, adaptationFlops(), new Run(this, true, kernels)::step, this, () -> answer(true, kernels)));
    }

    /// A contender does either the whole step or the adaptation step: its answer is compared with both.
    ///
    /// Against the scalar twin, whose own gradients the engine's tests check by finite differences. The unit is 10⁻⁵ of the loss, and 2 % of the way that
    /// the first layer moved: those updates are so small that rounding shows.
    @Override
    public double residual(float[] answer) {
        double best = Double.POSITIVE_INFINITY;
        for (int adaptation = 0; adaptation < 2; adaptation++) {
            if (expected[adaptation] == null) {
                expected[adaptation] = answer(adaptation == 1, Kernels.scalar());
            }
            float[] right = expected[adaptation];
            double worst = Numbers.error(answer[STEPS], right[STEPS], 0.02 * right[STEPS]);
            for (int i = 0; i < STEPS; i++) {
                worst = Math.max(worst, Numbers.error(answer[i], right[i], 1e-5 * right[i]));
            }
            best = Math.min(best, worst);
        }
        return best;
    }

    private float[] answer(boolean adaptation, Kernels kernels) {
        int size = spec.input().size();
        Run run = new Run(new Step(spec, checked, checked, Arrays.copyOf(inputs, checked * size), Arrays.copyOf(labels, checked), expected), adaptation, kernels);
        float[] before = run.firstWeights().clone();
        float[] losses = new float[STEPS];
        for (int i = 0; i < STEPS; i++) {
            losses[i] = (float) run.step();
        }
        return answer(losses, before, run.firstWeights());
    }

    /// Losses, and Σ abs(after − before) of the first layer's weights.
    public static float[] answer(float[] losses, float[] before, float[] after) {
        float[] answer = Arrays.copyOf(losses, STEPS + 1);
        double way = 0;
        for (int i = 0; i < before.length; i++) {
            way += Math.abs((double) after[i] - before[i]);
        }
        answer[STEPS] = (float) way;
        return answer;
    }

    /// A network and what training it needs. The weights move from step to step, as they do in training.
    static final class Run {
        private final Step problem;
        private final Sgd optimizer = Sgd.momentum(MOMENTUM);
        private final Network whole;
        private final Network net;
        private final NeuronMask mask;
        private final Workspace work;
        private final OptimizerState state;
        private final float[] inputs;

        Run(Step problem, boolean adaptation, Kernels kernels) {
            this.problem = problem;
            whole = problem.network();
            net = adaptation ? whole.from(FIRST_FC) : whole;
            mask = adaptation ? NeuronMask.of(net.spec(), problem.tenth()) : NeuronMask.all(net.spec());
            inputs = adaptation ? problem.kept(whole) : problem.inputs;
            work = net.workspace(problem.batch, kernels).keepPackedWeights();
            state = optimizer.newState(net);
        }

        float[] firstWeights() {
            return whole.tensor(whole.spec().neuronLayers().getFirst().weight());
        }

        double step() {
            net.forward(inputs, 0, problem.batch, work);
            double loss = net.backward(problem.labels, problem.batch, mask, work);
            optimizer.step(net, mask, work, RATE, state);
            return loss;
        }
    }

    private float[] kept(Network whole) {
        Network below = whole.below(FIRST_FC);
        Workspace work = below.workspace(batch);
        below.forward(inputs, 0, batch, work);
        return Arrays.copyOf(work.logits(), batch * below.spec().output().size());
    }
}
