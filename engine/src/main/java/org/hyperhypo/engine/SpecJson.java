package org.hyperhypo.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.kernels.Activation;

/// A [NetworkSpec] as one line of JSON, and back:
///
/// `{"format":"hyperhypo-spec-1","input":[1,40,17],"layers":[{"layer":"dense","name":"fc1","neurons":256},{"layer":"sigmoid"},…]}`
final class SpecJson {
    private static final String FORMAT = "hyperhypo-spec-1";

    private SpecJson() {
    }

    static String write(NetworkSpec spec) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("input", List.of(spec.input().channels(), spec.input().height(), spec.input().width()));
        json.put("layers", layers(spec.layers()));
        return Json.write(json);
    }

    private static List<Object> layers(List<Layer> layers) {
        return layers.stream().<Object>map(SpecJson::layer).toList();
    }

    private static Map<String, Object> layer(Layer layer) {
        return switch (layer) {
            case Conv2d c -> fields("layer", "conv", "name", c.name(), "filters", c.filters(), "height", c.filterHeight(), "width", c.filterWidth());
            case Dense d -> fields("layer", "dense", "name", d.name(), "neurons", d.neurons());
            case BatchNorm b -> fields("layer", "batchnorm", "name", b.name(), "momentum", (double) b.momentum(), "epsilon", (double) b.epsilon());
            case Dropout d -> fields("layer", "dropout", "share", (double) d.share());
            case MaxPool2d p -> fields("layer", "maxpool", "height", p.height(), "width", p.width());
            case ActivationLayer a -> switch (a.function()) {
                case Activation.Sigmoid _ -> fields("layer", "sigmoid");
                case Activation.Tanh _ -> fields("layer", "tanh");
                case Activation.Relu r -> fields("layer", "relu", "leak", (double) r.leak());
                case Activation.Ada d -> fields("layer", "ada", "alpha", (double) d.alpha(), "c", (double) d.c(), "leak", (double) d.leak());
            };
            case Parallel p -> fields("layer", "parallel", "branches", p.branches().stream().map(SpecJson::layers).toList());
            case Softmax _ -> fields("layer", "softmax");
        };
    }

    static NetworkSpec read(String text) {
        JsonFields json = new JsonFields("network specification", Json.parse(text));
        String format = json.text("format");
        if (!format.equals(FORMAT)) {
            throw new ModelException("network specification: unknown format \"" + format + "\", this version reads " + FORMAT);
        }
        List<?> input = json.list("input");
        if (input.size() != 3 || !input.stream().allMatch(n -> n instanceof Long size && size > 0 && size <= Integer.MAX_VALUE)) {
            throw new ModelException("network specification: input " + input + " should be [channels, height, width]");
        }
        int[] sizes = input.stream().mapToInt(n -> ((Long) n).intValue()).toArray();
        List<Layer> layers = readLayers(json.list("layers"));
        json.end();
        return new NetworkSpec(new Shape(sizes[0], sizes[1], sizes[2]), layers);
    }

    private static List<Layer> readLayers(Object value) {
        if (!(value instanceof List<?> list)) {
            throw new ModelException("network specification: a branch should be an array of layers");
        }
        List<Layer> layers = new ArrayList<>();
        for (Object element : list) {
            JsonFields json = new JsonFields("network specification, layer", element);
            layers.add(readLayer(json));
            json.end();
        }
        return layers;
    }

    private static Layer readLayer(JsonFields json) {
        String kind = json.text("layer");
        return switch (kind) {
            case "conv" -> new Conv2d(json.text("name"), json.integer("filters"), json.integer("height"), json.integer("width"));
            case "dense" -> new Dense(json.text("name"), json.integer("neurons"));
            case "batchnorm" -> new BatchNorm(json.text("name"), json.number("momentum"), json.number("epsilon"));
            case "dropout" -> new Dropout(json.number("share"));
            case "maxpool" -> new MaxPool2d(json.integer("height"), json.integer("width"));
            case "sigmoid" -> new ActivationLayer(new Activation.Sigmoid());
            case "tanh" -> new ActivationLayer(new Activation.Tanh());
            case "relu" -> new ActivationLayer(new Activation.Relu(json.number("leak")));
            case "ada" -> new ActivationLayer(new Activation.Ada(json.number("alpha"), json.number("c"), json.number("leak")));
            case "parallel" -> new Parallel(json.list("branches").stream().map(SpecJson::readLayers).toList());
            case "softmax" -> new Softmax();
            default -> throw new ModelException("network specification: unknown layer \"" + kind + "\"; written by a newer version?");
        };
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
