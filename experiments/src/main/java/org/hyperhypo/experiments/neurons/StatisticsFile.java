package org.hyperhypo.experiments.neurons;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.hyperhypo.engine.SafeTensors;
import org.hyperhypo.engine.Tensor;

/// All statistics as safetensors, for programs that compute on them: `<layer>.<criterion>` (neurons) and `<layer>.histogram` (neurons, 32) in
/// double precision, the histogram as shares of the frames; `<layer>.state_mean` (states, neurons), NaN where a state has no frame.
public final class StatisticsFile {
    private StatisticsFile() {
    }

    /// @param provenance what the file says of itself, for instance the model's hash and the data
    public static void write(Path file, Evidence evidence, Map<String, String> provenance) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int states = evidence.network().spec().output().size();
        for (ActivationStats.Layer layer : evidence.stats().layers()) {
            int neurons = layer.neurons();
            for (Criterion criterion : Criterion.values()) {
                if (criterion.measured(evidence, layer.name())) {
                    double[] values = criterion.values(evidence, layer.name());
                    tensors.put(layer.name() + "." + criterion.column(), tensor(n -> values[n], neurons));
                }
            }
            tensors.put(layer.name() + ".histogram", tensor(i -> layer.share(i / ActivationStats.BINS, i % ActivationStats.BINS), neurons,
                    ActivationStats.BINS));
            StateSums sums = evidence.activity().states(layer.name());
            tensors.put(layer.name() + ".state_mean", tensor(i -> sums.mean(i % neurons, i / neurons), states, neurons));
        }
        SafeTensors.write(file, provenance, tensors);
    }

    private static Tensor tensor(IntToDoubleFunction value, long... shape) {
        int count = 1;
        for (long size : shape) {
            count = Math.toIntExact(count * size);
        }
        ByteBuffer bytes = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putDouble(value.applyAsDouble(i));
        }
        return new Tensor(Tensor.Type.F64, shape, bytes.array());
    }
}
