package org.hyperhypo.engine;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A [NeuronMask] in a safetensors file: one U8 tensor per layer, 1 = chosen, and its provenance in `__metadata__`.
final class MaskFile {
    private static final String FORMAT = "hyperhypo-mask-1";

    private MaskFile() {
    }

    static void write(Path file, NeuronMask mask, NeuronMask.Provenance from) {
        SafeTensors.write(file, Map.of("format", FORMAT, "layers", Json.write(mask.layers()), "model_hash", from.modelHash(), "criterion", from.criterion(),
                "data", from.data(), "seed", Long.toString(from.seed())), tensors(mask));
    }

    /// SHA-256 over layers, sizes and chosen neurons.
    static String hash(NeuronMask mask) {
        return SafeTensors.digest(Map.of(), tensors(mask));
    }

    private static Map<String, Tensor> tensors(NeuronMask mask) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String layer : mask.layers()) {
            byte[] chosen = new byte[mask.neurons(layer)];
            for (int row : mask.rows(layer)) {
                chosen[row] = 1;
            }
            tensors.put(layer, Tensor.of(chosen));
        }
        return tensors;
    }

    static NeuronMask.Saved read(Path file) {
        SafeTensors.Contents contents = SafeTensors.read(file);
        Map<String, String> text = contents.metadata();
        if (!FORMAT.equals(text.get("format")) || !contents.checked()
                || !text.keySet().containsAll(List.of("layers", "model_hash", "criterion", "data", "seed"))) {
            throw new ModelException(file + ": no neuron mask of this program: format is " + text.get("format") + ", should be " + FORMAT);
        }
        try {
            return new NeuronMask.Saved(mask(contents), new NeuronMask.Provenance(text.get("model_hash"), text.get("criterion"), text.get("data"),
                    Long.parseLong(text.get("seed"))));
        } catch (ModelException | NumberFormatException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
    }

    private static NeuronMask mask(SafeTensors.Contents contents) {
        if (!(Json.parse(contents.metadata().get("layers")) instanceof List<?> names) || names.size() != contents.tensors().size()) {
            throw new ModelException("the layers " + contents.metadata().get("layers") + " are not those of the tensors " + contents.tensors().keySet());
        }
        Map<String, BitSet> chosen = new LinkedHashMap<>();
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (Object name : names) {
            Tensor tensor = name instanceof String ? contents.tensors().get(name) : null;
            if (tensor == null || tensor.type() != Tensor.Type.U8 || tensor.shape().length != 1) {
                throw new ModelException("layer " + name + " should be a U8 vector, is " + tensor);
            }
            BitSet bits = new BitSet();
            for (int i = 0; i < tensor.data().length; i++) {
                bits.set(i, tensor.data()[i] != 0);
            }
            chosen.put((String) name, bits);
            sizes.put((String) name, tensor.data().length);
        }
        return NeuronMask.ofBits(chosen, sizes);
    }
}
