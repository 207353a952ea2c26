package org.hyperhypo.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A specification turned into steps over numbered buffers: branches flattened, gates put in. Computed once per network.
final class Plan {
    final List<Step> steps = new ArrayList<>();
    final List<View> views = new ArrayList<>();
    final List<NeuronLayer> layers;
    final boolean classifier;
    final View output;
    final long[] ablationKeys;
    private final Map<String, View> activations = new HashMap<>();
    private final Map<String, Gate> gates = new HashMap<>();
    /// Steps that the forward pass of step i does at once: a dense layer and its activation are 2, convolution, pooling and activation 3.
    private final int[] together;
    private int nextLayer;
    private int dropoutsAfter;
    private int dropoutsOf;

    /// Where a sequence of layers has come to: the value, the step that set it (−1: network input), the layer whose gate is still to come (−1: none).
    private record Cursor(View view, int step, int pendingGate) {
        int[] parents() {
            return step < 0 ? new int[0] : new int[] {step};
        }
    }

    Plan(NetworkSpec spec) {
        layers = spec.neuronLayers();
        classifier = !spec.layers().isEmpty() && spec.layers().getLast() instanceof Softmax;
        ablationKeys = layers.stream().mapToLong(layer -> Dropout.key("ablated " + layer.name(), 0)).toArray();
        output = sequence(spec.layers(), new Cursor(view(spec.input()), -1, -1)).view();
        together = new int[steps.size()];
        java.util.Arrays.setAll(together, this::together);
    }

    private int together(int i) {
        if (!(steps.get(i) instanceof LayerStep first)) {
            return 1;
        }
        return switch (first.layer()) {
            case Dense _ when follows(i, ActivationLayer.class) -> 2;
            case Conv2d _ when follows(i, MaxPool2d.class) && follows(i + 1, ActivationLayer.class) -> 3;
            default -> 1;
        };
    }

    private boolean follows(int i, Class<? extends Layer> kind) {
        return i + 1 < steps.size() && steps.get(i + 1) instanceof LayerStep next && kind.isInstance(next.layer())
                && next.x().buffer() == steps.get(i).y().buffer();
    }

    void forward(Network net, int n, Workspace w) {
        for (int i = 0; i < together.length; i += together[i]) {
            if (together[i] == 1) {
                steps.get(i).forward(net, n, w);
            } else {
                LayerStep first = (LayerStep) steps.get(i);
                Parameters p = net.parameters(first.neuronLayer());
                LayerStep last = (LayerStep) steps.get(i + together[i] - 1);
                if (together[i] == 2) {
                    Dense.forward(first, last, p, n, w);
                } else {
                    Conv2d.forward(first, (LayerStep) steps.get(i + 1), last, p, n, w);
                }
            }
        }
    }

    /// Steps that train, in reverse order; a dense layer hands its input gradient on through the activation before it in one call.
    void backward(Network net, int n, NeuronMask mask, Workspace w) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (w.trains(i)) {
                int activation = activationBefore(i, w);
                if (activation < 0) {
                    steps.get(i).backward(net, n, mask, w);
                } else {
                    ((LayerStep) steps.get(i)).backward((LayerStep) steps.get(activation), net, n, mask, w);
                    i = activation;
                }
            }
        }
    }

    /// The activation that a dense layer reads, directly or through open gates, if it trains; −1 otherwise.
    private int activationBefore(int i, Workspace w) {
        if (!(steps.get(i) instanceof LayerStep dense && dense.layer() instanceof Dense && dense.parents().length > 0)) {
            return -1;
        }
        int before = dense.parents()[0];
        if (steps.get(before) instanceof Gate gate && w.gateOpen[gate.gatedLayer()] && !w.learns().gates()) {
            before = gate.parents()[0];
        }
        return w.trains(before) && steps.get(before) instanceof LayerStep layer && layer.layer() instanceof ActivationLayer ? before : -1;
    }

    /// True for a convolution whose outputs are pooled before they reach memory.
    boolean neverStored(Step step) {
        return together[steps.indexOf(step)] == 3;
    }

    /// Output of a layer after activation, pooling and gate; for the output layer the logits.
    View activation(String layer) {
        View view = activations.get(layer);
        if (view == null) {
            throw new ModelException("no layer " + layer + " in this network; it has " + layers.stream().map(NeuronLayer::name).toList());
        }
        return view;
    }

    Gate gate(String layer) {
        activation(layer);
        Gate gate = gates.get(layer);
        if (gate == null) {
            throw new ModelException("layer " + layer + " has no gates: " + (layers.stream().anyMatch(l -> l.name().equals(layer) && l.kind() == NeuronLayer.Kind.NORM)
                    ? "close those of the layer it normalises" : "its neurons are the classes"));
        }
        return gate;
    }

    boolean inputReadByConvolutionsOnly() {
        return steps.stream().allMatch(step -> step instanceof LayerStep layer && (layer.x().buffer() != 0 || layer.layer() instanceof Conv2d)
                || !(step instanceof LayerStep));
    }

    private Cursor sequence(List<Layer> sequence, Cursor at) {
        for (Layer layer : sequence) {
            switch (layer) {
                case Conv2d _, Dense _ -> {
                    at = gated(at);
                    NeuronLayer neurons = layers.get(nextLayer++);
                    at = add(layer, neurons.index(), at, neurons.gated() ? neurons.index() : -1);
                    activations.put(neurons.name(), at.view());
                }
                case BatchNorm _ -> {
                    NeuronLayer neurons = layers.get(nextLayer++);
                    at = add(layer, neurons.index(), at, at.pendingGate());
                    activations.put(neurons.name(), at.view());
                }
                case MaxPool2d _, ActivationLayer _, Dropout _ -> at = add(layer, -1, at, at.pendingGate());
                case Parallel parallel -> at = parallel(parallel, gated(at));
                case Softmax _ -> { }
            }
        }
        return gated(at);
    }

    private Cursor add(Layer layer, int neuronLayer, Cursor at, int pendingGate) {
        View y = view(layer.output(at.view().shape()));
        long draws = layer instanceof Dropout ? Dropout.key(layers.get(nextLayer - 1).name(), dropouts(nextLayer)) : 0;
        steps.add(LayerStep.of(layer, neuronLayer, at.view(), y, at.parents(), draws));
        return new Cursor(y, steps.size() - 1, pendingGate);
    }

    /// Dropouts so far between layer `next` − 1 and `next`: numbered so that a part of a network draws what the whole network draws.
    private int dropouts(int next) {
        dropoutsOf = next == dropoutsAfter ? dropoutsOf + 1 : 0;
        dropoutsAfter = next;
        return dropoutsOf;
    }

    private Cursor gated(Cursor at) {
        if (at.pendingGate() < 0) {
            return at;
        }
        Gate gate = new Gate(at.pendingGate(), at.view(), view(at.view().shape()), at.parents());
        steps.add(gate);
        String name = layers.get(at.pendingGate()).name();
        activations.put(name, gate.y());
        gates.put(name, gate);
        return new Cursor(gate.y(), steps.size() - 1, -1);
    }

    private Cursor parallel(Parallel parallel, Cursor at) {
        int count = parallel.branches().size();
        View[] starts = new View[count];
        for (int b = 0; b < count; b++) {
            starts[b] = at.step() < 0 ? at.view() : view(at.view().shape());
        }
        int start = at.step();
        if (start >= 0) {
            steps.add(new Fork(at.view(), starts, at.parents()));
            start = steps.size() - 1;
        }
        View[] ends = new View[count];
        int[] parents = new int[count];
        for (int b = 0; b < count; b++) {
            Cursor end = sequence(parallel.branches().get(b), new Cursor(starts[b], start, -1));
            ends[b] = end.view();
            parents[b] = end.step();
        }
        steps.add(new Join(ends, view(parallel.output(at.view().shape())), parents));
        return new Cursor(steps.getLast().y(), steps.size() - 1, -1);
    }

    private View view(Shape shape) {
        View view = new View(views.size(), shape);
        views.add(view);
        return view;
    }
}
