package org.hyperhypo.experiments.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.report.Csv;
import org.junit.jupiter.api.Test;

class NeuronTableTest {
    private static final NetworkSpec SPEC = NetworkSpec.input(1, 1, 2).dense(3).sigmoid().dense(2).softmax();

    @Test
    void normsAndMovementOfAHandMadeNetwork() {
        Network before = Network.initialised(SPEC, 1);
        Network after = before.copy();
        System.arraycopy(new float[] {1, 0, 3, 4, 0, 2}, 0, before.tensor("fc1.weight"), 0, 6);
        System.arraycopy(new float[] {1, 0, 3, 9, 5, 2}, 0, after.tensor("fc1.weight"), 0, 6);
        System.arraycopy(new float[] {0, 6, 1, 0, 8, 1}, 0, after.tensor("output.weight"), 0, 6);
        assertEquals(0, Weights.movement(after, before, "fc1", 0));
        assertEquals(1, Weights.movement(after, before, "fc1", 1), "moved by 5 from length 5");
        assertEquals(2.5, Weights.movement(after, before, "fc1", 2), "moved by 5 from length 2");
        assertEquals(Math.sqrt(90), Weights.inNorm(after, "fc1", 1), 1e-12);
        assertEquals(10, Weights.outNorm(after, "fc1", 1), "column 6, 8");
        assertEquals(Math.sqrt(2), Weights.outNorm(after, "fc1", 2), 1e-12);
    }

    @Test
    void everyNeuronHasOneRowWithItsKind() {
        Network network = Tiny.network(3);
        Evidence evidence = Evidence.measure(network, Tiny.frames(3, 50, Tiny.BANDS * Tiny.CONTEXT.frames()), new int[] {0, 50}, null, new Evidence.Effort(50, 0));
        ActivationStats stats = evidence.stats();
        HyperHypo tails = HyperHypo.byActivity(network.spec(), stats, 0.25);
        Csv table = new Csv(NeuronTable.columns());
        NeuronTable.add(table, 7, evidence, NeuronTable.Initial.UNKNOWN, tails, HyperHypo.middle(network.spec(), stats, tails.hypo()));
        assertEquals(2 * Tiny.WIDTH, table.rows().size());
        for (String layer : List.of("fc1", "fc2")) {
            for (String kind : List.of("hypo", "hyper", "middle", "other")) {
                assertEquals(2, table.rows().stream().filter(row -> row.text("layer").equals(layer) && row.text("kind").equals(kind)).count());
            }
        }
        Csv.Row row = table.rows().get(Tiny.WIDTH + 1);
        assertEquals("7 fc2 1", row.text("replicate") + " " + row.text("layer") + " " + row.text("neuron"));
        assertEquals(stats.layer("fc2").rate(1), row.number("rate"), 1e-8);
        assertEquals("", row.text("movement"), "unknown without the initial network");
        assertEquals("", row.text("ablation"), "not measured");
        assertEquals(Criterion.TAYLOR_MEAN.values(evidence, "fc2")[1], row.number("taylor_mean"), 1e-8);
    }
}
