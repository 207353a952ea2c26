package org.hyperhypo.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Weights that PyTorch trained, for a network of the same architecture: a state dictionary saved with `safetensors.torch.save_file`, type float32.
///
/// | there | here |
/// |---|---|
/// | `Conv2d.weight` (filters, channels, height, width) | `<conv>.weight` (filters, height, width, channels) |
/// | `Linear.weight` (neurons, inputs), inputs flattened as (channel, position) | `<dense>.weight`, columns in the order (position, channel) |
/// | `bias` | `<layer>.bias` |
/// | `BatchNorm.weight`, `.bias`, `.running_mean`, `.running_var` (`num_batches_tracked` is not needed) | the same |
///
/// A map that is flattened, or flattened and concatenated with others, comes with its channels first there and last here: the columns of the dense
/// layer that reads it are put in order. Gates are 1: PyTorch has none.
public final class PyTorchWeights {
    private PyTorchWeights() {
    }

    /// @param modules for each layer with neurons the name of its module there: `conv1` → `features.0` reads `features.0.weight` and `features.0.bias`;
    ///                a layer that is not named has the same name there
    public static Network read(Path file, NetworkSpec spec, Map<String, String> modules) {
        modules.keySet().forEach(spec::neuronLayer);
        Map<String, Tensor> tensors = new TreeMap<>(SafeTensors.read(file).tensors());
        Network net = Network.initialised(spec, 0);
        Map<Integer, int[]> order = order(net.plan());
        try {
            for (Step step : net.plan().steps) {
                if (step instanceof LayerStep layer && layer.neuronLayer() >= 0) {
                    Parameters p = net.parameters(layer.neuronLayer());
                    String module = modules.getOrDefault(p.layer().name(), p.layer().name());
                    if (layer.layer() instanceof BatchNorm) {
                        normalisation(layer, p, tensors, module, order.get(layer.x().buffer()));
                    } else {
                        weight(layer, p, tensors, module, order.get(layer.x().buffer()));
                        float[] bias = take(tensors, module + ".bias", p.bias().length);
                        System.arraycopy(bias, 0, p.bias(), 0, bias.length);
                    }
                }
            }
            if (!tensors.isEmpty()) {
                throw new ModelException("tensors that no layer takes: " + tensors.keySet() + "; name the modules of layers "
                        + spec.neuronLayers().stream().map(NeuronLayer::name).toList());
            }
        } catch (ModelException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
        return net;
    }

    private static void weight(LayerStep step, Parameters p, Map<String, Tensor> tensors, String module, int[] order) {
        int inputs = p.layer().inputs();
        int[] source;
        float[] theirs;
        if (step.layer() instanceof Conv2d conv) {
            Shape window = new Shape(step.x().shape().channels(), conv.filterHeight(), conv.filterWidth());
            source = step.x().shape().height() * step.x().shape().width() == 1 ? order : channelsFirst(window);
            theirs = take(tensors, module + ".weight", conv.filters(), window.channels(), window.height(), window.width());
        } else {
            source = order;
            theirs = take(tensors, module + ".weight", p.layer().neurons(), inputs);
        }
        for (int i = 0; i < theirs.length; i++) {
            p.weight()[i] = theirs[i / inputs * inputs + source[i % inputs]];
        }
    }

    /// γ, β and the running statistics of every channel.
    private static void normalisation(LayerStep step, Parameters p, Map<String, Tensor> tensors, String module, int[] order) {
        boolean vector = step.x().shape().height() * step.x().shape().width() == 1;
        p.tensors().forEach((name, values) -> {
            float[] theirs = take(tensors, module + name.substring(p.layer().name().length()), values.length);
            for (int c = 0; c < values.length; c++) {
                values[c] = theirs[vector ? order[c] : c];
            }
        });
        tensors.remove(module + ".num_batches_tracked");
    }

    private static float[] take(Map<String, Tensor> tensors, String name, long... shape) {
        Tensor tensor = tensors.remove(name);
        String wanted = new Tensor(Tensor.Type.F32, shape, new byte[0]).toString();
        if (tensor == null || !tensor.toString().equals(wanted)) {
            throw new ModelException("tensor " + name + ": should be " + wanted + ", is " + (tensor == null ? "missing" : tensor));
        }
        return tensor.floats();
    }

    /// For every value of the network: where each of our numbers stands when PyTorch flattens it.
    private static Map<Integer, int[]> order(Plan plan) {
        Map<Integer, int[]> order = new HashMap<>();
        order.put(0, channelsFirst(plan.views.getFirst().shape()));
        for (Step step : plan.steps) {
            switch (step) {
                case LayerStep layer -> order.put(layer.y().buffer(), switch (layer.layer()) {
                    case ActivationLayer _, Dropout _, BatchNorm _ -> order.get(layer.x().buffer());
                    case Conv2d _, Dense _, MaxPool2d _ -> channelsFirst(layer.y().shape());
                    case Parallel _, Softmax _ -> throw new AssertionError("compiled away: " + layer.layer());
                });
                case Gate gate -> order.put(gate.y().buffer(), order.get(gate.x().buffer()));
                case Fork fork -> {
                    for (View branch : fork.branches()) {
                        order.put(branch.buffer(), order.get(fork.x().buffer()));
                    }
                }
                case Join join -> order.put(join.y().buffer(), joined(join, order));
            }
        }
        return order;
    }

    private static int[] joined(Join join, Map<Integer, int[]> order) {
        List<Integer> all = new ArrayList<>();
        for (View branch : join.branches()) {
            int before = all.size();
            for (int index : order.get(branch.buffer())) {
                all.add(before + index);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Element (h, w, c) of ours is number c·H·W + h·W + w there. Flattened vectors have one position: the same order.
    private static int[] channelsFirst(Shape shape) {
        int positions = shape.height() * shape.width();
        int[] theirs = new int[shape.size()];
        for (int i = 0; i < theirs.length; i++) {
            theirs[i] = i % shape.channels() * positions + i / shape.channels();
        }
        return theirs;
    }
}
