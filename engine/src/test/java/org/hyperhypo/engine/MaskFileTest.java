package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A damaged mask file never comes back as another mask.
class MaskFileTest {
    private static final NeuronMask MASK = Nets.mask(Nets.tfcnn(), 0.4, 7);
    private static final NeuronMask.Provenance FROM = new NeuronMask.Provenance("abc", "activity", "dev", 3);

    @TempDir
    Path folder;

    @Test
    void everyTruncationIsAnErrorAndEveryFlippedBitToo() throws IOException {
        Path file = folder.resolve("mask.safetensors");
        MASK.save(file, FROM);
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThrows(ModelException.class, () -> NeuronMask.load(file));
        }
        int same = 0;
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            try {
                assertEquals(new NeuronMask.Saved(MASK, FROM), NeuronMask.load(file), "bit " + bit);
                same++;
            } catch (ModelException error) {
                assertTrue(error.getMessage().contains("mask.safetensors"), error.getMessage());
            }
        }
        assertTrue(same <= 8 * 8, same + " flips had no effect: more than the padding explains");
    }

    @Test
    void aFileWithAChecksumButWithoutSenseIsAnError() {
        Map<String, String> text = Map.of("format", "hyperhypo-mask-1", "layers", "[\"fc1\"]", "model_hash", "", "criterion", "", "data", "", "seed", "1");
        Map<String, Tensor> right = Map.of("fc1", Tensor.of(new byte[3]));
        assertEquals(3, load(text, right).mask().neurons("fc1"));
        for (String layers : new String[] {"{}", "[7]", "[]", "[\"fc2\"]", "[\"fc1\",\"fc1\"]", "[", "\"fc1\""}) {
            Map<String, String> changed = new HashMap<>(text);
            changed.put("layers", layers);
            assertThrows(ModelException.class, () -> load(changed, right), layers);
        }
        Map<String, String> changed = new HashMap<>(text);
        changed.put("seed", "one");
        assertThrows(ModelException.class, () -> load(changed, right));
        assertThrows(ModelException.class, () -> load(text, Map.of("fc1", Tensor.of(new float[3], 3))));
        assertThrows(ModelException.class, () -> load(text, Map.of("fc1", new Tensor(Tensor.Type.U8, new long[] {3, 1}, new byte[3]))));
    }

    private NeuronMask.Saved load(Map<String, String> text, Map<String, Tensor> tensors) {
        Path file = folder.resolve("mask.safetensors");
        SafeTensors.write(file, text, tensors);
        return NeuronMask.load(file);
    }
}
