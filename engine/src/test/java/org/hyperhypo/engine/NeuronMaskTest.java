package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeuronMaskTest {
    private static final NetworkSpec SPEC = Nets.tfcnn();

    @Test
    void setAlgebraHoldsForRandomMasks() {
        for (long seed = 1; seed <= 30; seed++) {
            NeuronMask a = Nets.mask(SPEC, 0.4, seed);
            NeuronMask b = Nets.mask(SPEC, 0.6, seed + 100);
            assertEquals(a, a.complement().complement());
            assertEquals(a.union(b).complement(), a.complement().intersect(b.complement()), "De Morgan, seed " + seed);
            assertEquals(a.minus(b), a.intersect(b.complement()));
            assertEquals(a.count() + b.count(), a.union(b).count() + a.intersect(b).count());
            assertEquals(NeuronMask.all(SPEC), a.union(a.complement()));
            assertEquals(NeuronMask.none(SPEC), a.minus(a));
            assertEquals(a.union(b).hashCode(), b.union(a).hashCode());
        }
    }

    @Test
    void rowsAreSortedWithoutRepetitionAndCannotBeChangedFromOutside() {
        int[] given = {7, 2, 2, 5};
        NeuronMask mask = NeuronMask.of(SPEC, Map.of("fc1", given));
        given[0] = 0;
        mask.rows("fc1")[0] = 9;
        assertArrayEquals(new int[] {2, 5, 7}, mask.rows("fc1"));
        assertEquals(3, mask.count());
        assertEquals(3.0 / 13, mask.share("fc1"));
        assertTrue(mask.contains("fc1", 5) && !mask.contains("fc1", 4) && mask.count("fc2") == 0);
    }

    @Test
    void aMaskSurvivesItsFile(@TempDir Path folder) {
        NeuronMask mask = Nets.mask(SPEC, 0.3, 4);
        var provenance = new NeuronMask.Provenance("abc", "activity ≤ 0.05", "dev \"noise\"\n", -7);
        mask.save(folder.resolve("m.safetensors"), provenance);
        assertEquals(new NeuronMask.Saved(mask, provenance), NeuronMask.load(folder.resolve("m.safetensors")));
        Network.initialised(SPEC, 1).save(folder.resolve("n.safetensors"), Map.of());
        ModelException error = assertThrows(ModelException.class, () -> NeuronMask.load(folder.resolve("n.safetensors")));
        assertTrue(error.getMessage().contains("n.safetensors") && error.getMessage().contains("no neuron mask"), error.getMessage());
    }

    @Test
    void masksOfOtherNetworksAreRefused() {
        NetworkSpec other = NetworkSpec.input(1, 12, 7).dense(4).sigmoid().dense(6).softmax();
        assertThrows(ModelException.class, () -> NeuronMask.all(SPEC).union(NeuronMask.all(other)));
        assertThrows(ModelException.class, () -> NeuronMask.of(SPEC, Map.of("fc9", new int[] {0})));
        assertThrows(ModelException.class, () -> NeuronMask.of(SPEC, Map.of("fc1", new int[] {13})));
        Network net = Network.initialised(other, 1);
        Workspace w = net.workspace(1);
        net.forward(new float[84], 0, 1, w);
        assertThrows(ModelException.class, () -> net.backward(new int[1], 1, NeuronMask.all(SPEC), w));
    }

    @Test
    void aMaskCanBeCutToASplitNetwork() {
        Network net = Network.initialised(SPEC, 1);
        Network top = net.from("fc2");
        NeuronMask mask = Nets.mask(SPEC, 0.5, 6);
        NeuronMask cut = mask.within(top.spec());
        assertArrayEquals(mask.rows("fc3"), cut.rows("fc3"));
        assertNotEquals(mask.count(), cut.count());
        Workspace w = top.workspace(1);
        top.forward(new float[13], 0, 1, w);
        top.backward(new int[1], 1, cut, w);
        ModelException error = assertThrows(ModelException.class, () -> top.backward(new int[1], 1, mask, w));
        assertTrue(error.getMessage().contains("mask.within"), error.getMessage());
    }
}
