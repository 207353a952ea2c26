package org.hyperhypo.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// An immutable set of neurons of a network: those that learn, or those that go.
///
/// It knows the name and size of every layer it was made for, so masks of different networks are never mixed up.
public final class NeuronMask {
    private static final int[] NO_ROWS = {};

    /// Chosen neurons of one layer, ascending.
    private record Rows(int neurons, int[] rows) {
    }

    private final Map<String, Rows> layers;
    private final int count;

    private NeuronMask(Map<String, Rows> layers) {
        this.layers = layers;
        this.count = layers.values().stream().mapToInt(rows -> rows.rows().length).sum();
    }

    public static NeuronMask none(NetworkSpec spec) {
        return of(spec, Map.of());
    }

    /// Every neuron, outputs included: blind training.
    public static NeuronMask all(NetworkSpec spec) {
        return none(spec).complement();
    }

    /// All neurons of the named layers.
    public static NeuronMask layers(NetworkSpec spec, String... names) {
        Map<String, int[]> rows = new LinkedHashMap<>();
        for (String name : names) {
            rows.put(name, IntStream.range(0, spec.neuronLayer(name).neurons()).toArray());
        }
        return of(spec, rows);
    }

    /// All neurons of the hidden dense layers.
    public static NeuronMask hiddenDense(NetworkSpec spec) {
        return layers(spec, spec.neuronLayers().stream().filter(layer -> layer.kind() == NeuronLayer.Kind.HIDDEN)
                .map(NeuronLayer::name).toArray(String[]::new));
    }

    /// The given neurons of each layer, in any order; layers that are not named have none.
    public static NeuronMask of(NetworkSpec spec, Map<String, int[]> neurons) {
        for (String name : neurons.keySet()) {
            spec.neuronLayer(name);
        }
        Map<String, Rows> layers = new LinkedHashMap<>();
        for (NeuronLayer layer : spec.neuronLayers()) {
            BitSet chosen = new BitSet(layer.neurons());
            for (int neuron : neurons.getOrDefault(layer.name(), NO_ROWS)) {
                if (neuron < 0 || neuron >= layer.neurons()) {
                    throw new ModelException("neuron " + neuron + " of layer " + layer.name() + ": it has neurons 0 to " + (layer.neurons() - 1));
                }
                chosen.set(neuron);
            }
            layers.put(layer.name(), new Rows(layer.neurons(), chosen.stream().toArray()));
        }
        return new NeuronMask(layers);
    }

    /// Chosen neurons of a layer, ascending (a copy).
    public int[] rows(String layer) {
        return known(layer).rows().clone();
    }

    public boolean contains(String layer, int neuron) {
        return Arrays.binarySearch(known(layer).rows(), neuron) >= 0;
    }

    public int count() {
        return count;
    }

    public int count(String layer) {
        return known(layer).rows().length;
    }

    /// Neurons that the layer has, chosen or not.
    public int neurons(String layer) {
        return known(layer).neurons();
    }

    /// Share of the layer's neurons that are chosen.
    public double share(String layer) {
        return (double) count(layer) / neurons(layer);
    }

    public List<String> layers() {
        return List.copyOf(layers.keySet());
    }

    public NeuronMask union(NeuronMask other) {
        return combine(other, BitSet::or);
    }

    public NeuronMask intersect(NeuronMask other) {
        return combine(other, BitSet::and);
    }

    public NeuronMask minus(NeuronMask other) {
        return combine(other, BitSet::andNot);
    }

    public NeuronMask complement() {
        Map<String, Rows> result = new LinkedHashMap<>();
        layers.forEach((name, rows) -> {
            BitSet bits = bits(rows);
            bits.flip(0, rows.neurons());
            result.put(name, new Rows(rows.neurons(), bits.stream().toArray()));
        });
        return new NeuronMask(result);
    }

    /// The same and, where a chosen neuron is normalised ([BatchNorm]), its γ, β and running statistics with it.
    public NeuronMask withNormalisation(NetworkSpec spec) {
        Wiring wiring = new Wiring(spec);
        List<NeuronLayer> network = spec.neuronLayers();
        check(network);
        Map<String, int[]> rows = new LinkedHashMap<>();
        for (NeuronLayer layer : network) {
            boolean norm = layer.kind() == NeuronLayer.Kind.NORM;
            rows.put(layer.name(), IntStream.range(0, layer.neurons()).filter(row -> contains(layer.name(), row) || norm && wiring.layer(layer.index(), row) >= 0
                    && contains(network.get(wiring.layer(layer.index(), row)).name(), wiring.neuron(layer.index(), row))).toArray());
        }
        return of(spec, rows);
    }

    /// The part of this mask that lies in the layers of `spec`, for a network split by [Network#from] or [Network#below].
    public NeuronMask within(NetworkSpec spec) {
        Map<String, int[]> rows = new LinkedHashMap<>();
        for (NeuronLayer layer : spec.neuronLayers()) {
            if (layers.containsKey(layer.name())) {
                check(layer);
                rows.put(layer.name(), sharedRows(layer.name()));
            }
        }
        return of(spec, rows);
    }

    /// What a mask was made from; kept in its file.
    public record Provenance(String modelHash, String criterion, String data, long seed) {
    }

    public record Saved(NeuronMask mask, Provenance provenance) {
    }

    public void save(Path file, Provenance provenance) {
        MaskFile.write(file, this, provenance);
    }

    public static Saved load(Path file) {
        return MaskFile.read(file);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NeuronMask mask && sameLayers(mask)
                && layers.keySet().stream().allMatch(name -> Arrays.equals(sharedRows(name), mask.sharedRows(name)));
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Map.Entry<String, Rows> layer : layers.entrySet()) {
            hash = 31 * hash + layer.getKey().hashCode() + Arrays.hashCode(layer.getValue().rows());
        }
        return hash;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        layers.forEach((name, rows) -> parts.add(name + " " + rows.rows().length + "/" + rows.neurons()));
        return "NeuronMask(" + count + ": " + String.join(", ", parts) + ")";
    }

    /// A mask from layer sizes alone, for reading files.
    static NeuronMask ofBits(Map<String, BitSet> chosen, Map<String, Integer> sizes) {
        Map<String, Rows> layers = new LinkedHashMap<>();
        chosen.forEach((name, bits) -> layers.put(name, new Rows(sizes.get(name), bits.stream().toArray())));
        return new NeuronMask(layers);
    }

    /// The rows themselves, not to be changed; none for a layer that the mask does not know.
    int[] sharedRows(String layer) {
        Rows rows = layers.get(layer);
        return rows == null ? NO_ROWS : rows.rows();
    }

    /// Throws unless every chosen neuron exists in `network`.
    void check(List<NeuronLayer> network) {
        int found = 0;
        for (int i = 0; i < network.size(); i++) {
            check(network.get(i));
            found += sharedRows(network.get(i).name()).length;
        }
        if (found != count) {
            Set<String> missing = new HashSet<>(layers.keySet());
            network.forEach(layer -> missing.remove(layer.name()));
            missing.removeIf(name -> count(name) == 0);
            throw new ModelException("the mask chooses neurons of " + missing + ", which this network does not have; use mask.within(network.spec())");
        }
    }

    /// First index after `from` where the row numbers stop being consecutive.
    static int runEnd(int[] rows, int from) {
        int end = from + 1;
        while (end < rows.length && rows[end] == rows[end - 1] + 1) {
            end++;
        }
        return end;
    }

    private void check(NeuronLayer layer) {
        Rows rows = layers.get(layer.name());
        if (rows != null && rows.neurons() != layer.neurons()) {
            throw new ModelException("the mask was made for a layer " + layer.name() + " of " + rows.neurons() + " neurons, this network's has "
                    + layer.neurons() + "; make the mask from this network's spec");
        }
    }

    private interface Combination {
        void apply(BitSet left, BitSet right);
    }

    private NeuronMask combine(NeuronMask other, Combination combination) {
        if (!sameLayers(other)) {
            throw new ModelException("masks of different networks: " + this + " and " + other);
        }
        Map<String, Rows> result = new LinkedHashMap<>();
        layers.forEach((name, rows) -> {
            BitSet bits = bits(rows);
            combination.apply(bits, bits(other.layers.get(name)));
            result.put(name, new Rows(rows.neurons(), bits.stream().toArray()));
        });
        return new NeuronMask(result);
    }

    private boolean sameLayers(NeuronMask other) {
        return layers.keySet().equals(other.layers.keySet())
                && layers.keySet().stream().allMatch(name -> neurons(name) == other.neurons(name));
    }

    private static BitSet bits(Rows rows) {
        BitSet bits = new BitSet(rows.neurons());
        for (int row : rows.rows()) {
            bits.set(row);
        }
        return bits;
    }

    private Rows known(String layer) {
        Rows rows = layers.get(layer);
        if (rows == null) {
            throw new ModelException("the mask knows no layer " + layer + "; it was made for " + layers.keySet());
        }
        return rows;
    }
}
