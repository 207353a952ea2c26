package org.hyperhypo.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A network in a safetensors file: its tensors by name, the specification in `__metadata__` under `spec`, and text of the caller beside it.
///
/// | tensor | shape |
/// |---|---|
/// | `<dense>.weight` | (neurons, inputs) |
/// | `<conv>.weight` | (filters, filterHeight, filterWidth, channels) |
/// | `<layer>.bias`, `<layer>.gate` | (neurons) |
/// | `<batch norm>.weight` (γ), `.bias` (β), `.running_mean`, `.running_var` | (neurons) |
public final class ModelFile {
    private static final String FORMAT = "hyperhypo-network-1";

    private ModelFile() {
    }

    /// A network and the text that was saved with it.
    public record Model(Network network, Map<String, String> metadata) {
    }

    public static Model read(Path file) {
        SafeTensors.Contents contents = SafeTensors.read(file);
        try {
            return new Model(network(contents), Map.copyOf(callers(contents.metadata())));
        } catch (ModelException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
    }

    static void write(Path file, Network network, Map<String, String> metadata) {
        Map<String, String> all = new TreeMap<>(metadata);
        for (String reserved : List.of("format", "spec", SafeTensors.CHECKSUM)) {
            if (metadata.containsKey(reserved)) {
                throw new ModelException(file + ": the metadata name " + reserved + " is taken; use another");
            }
        }
        all.put("format", FORMAT);
        all.put("spec", network.spec().toJson());
        SafeTensors.write(file, all, tensors(network));
    }

    static String hash(Network network) {
        return SafeTensors.digest(Map.of("spec", network.spec().toJson()), tensors(network));
    }

    private static Map<String, String> callers(Map<String, String> metadata) {
        Map<String, String> callers = new TreeMap<>(metadata);
        callers.remove("format");
        callers.remove("spec");
        return callers;
    }

    private static Map<String, Tensor> tensors(Network network) {
        Map<String, Tensor> tensors = new TreeMap<>();
        for (NeuronLayer layer : network.plan().layers) {
            network.parameters(layer.index()).tensors().forEach((name, values) -> tensors.put(name, Tensor.of(values,
                    name.equals(layer.weight()) ? weightShape(network.spec(), layer) : new long[] {layer.neurons()})));
        }
        return tensors;
    }

    private static Network network(SafeTensors.Contents contents) {
        String format = contents.metadata().get("format");
        String json = contents.metadata().get("spec");
        if (!FORMAT.equals(format) || json == null || !contents.checked()) {
            throw new ModelException("no network of this program: format is " + format + ", should be " + FORMAT + " with spec and checksum");
        }
        NetworkSpec spec = NetworkSpec.parse(json);
        Map<String, Tensor> tensors = new TreeMap<>(contents.tensors());
        List<NeuronLayer> layers = spec.neuronLayers();
        Parameters[] parameters = new Parameters[layers.size()];
        for (NeuronLayer layer : layers) {
            boolean norm = layer.kind() == NeuronLayer.Kind.NORM;
            parameters[layer.index()] = new Parameters(layer, take(tensors, layer.weight(), weightShape(spec, layer)),
                    take(tensors, layer.bias(), layer.neurons()), layer.gated() ? take(tensors, layer.gate(), layer.neurons()) : null,
                    norm ? take(tensors, layer.runningMean(), layer.neurons()) : null, norm ? take(tensors, layer.runningVariance(), layer.neurons()) : null);
        }
        if (!tensors.isEmpty()) {
            throw new ModelException("tensors that the specification does not know: " + tensors.keySet());
        }
        return new Network(spec, parameters);
    }

    private static float[] take(Map<String, Tensor> tensors, String name, long... shape) {
        Tensor tensor = tensors.remove(name);
        Tensor wanted = new Tensor(Tensor.Type.F32, shape, new byte[0]);
        if (tensor == null || !tensor.toString().equals(wanted.toString())) {
            throw new ModelException("tensor " + name + ": should be " + wanted + ", is " + (tensor == null ? "missing" : tensor));
        }
        return tensor.floats();
    }

    private static long[] weightShape(NetworkSpec spec, NeuronLayer layer) {
        if (layer.kind() == NeuronLayer.Kind.NORM) {
            return new long[] {layer.neurons()};
        }
        if (layer.kind() != NeuronLayer.Kind.CONV) {
            return new long[] {layer.neurons(), layer.inputs()};
        }
        Conv2d conv = SpecWalk.convolution(spec.layers(), layer.name());
        return new long[] {layer.neurons(), conv.filterHeight(), conv.filterWidth(), layer.inputs() / (conv.filterHeight() * conv.filterWidth())};
    }
}
