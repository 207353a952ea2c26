package org.hyperhypo.experiments.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.SplicedFrames;
import org.hyperhypo.experiments.report.Csv;
import org.junit.jupiter.api.Test;

class NeuronCardsTest {
    @Test
    void cardsShowTheMostExtremeFramesOfDifferentUtterances() {
        long seed = Tiny.seed("NeuronCards");
        AcousticModel model = Tiny.model(seed);
        FeatureSet set = Tiny.features(seed, 2, 3);
        SplicedFrames frames = model.splice(set);
        int[] labels = Tiny.labels(seed, set.frames(), Tiny.STATES.size());
        Activity activity = Activity.over(model.network(), frames, set.starts(), labels);
        Csv table = new Csv(NeuronCards.COLUMNS);
        NeuronCards.add(table, 1, model, set, labels, activity);
        assertEquals(2 * 2 * 4, table.rows().size(), "two layers, hypo and hyper, four frames");
        for (String layer : List.of("fc1", "fc2")) {
            for (String kind : List.of("hypo", "hyper")) {
                List<Csv.Row> rows = table.rows().stream().filter(r -> r.text("layer").equals(layer) && r.text("kind").equals(kind)).toList();
                int neuron = (int) rows.getFirst().number("neuron");
                List<Integer> order = HyperHypo.ranking(activity.stats().layer(layer));
                assertEquals(kind.equals("hypo") ? order.getFirst() : order.getLast(), neuron);
                assertEquals(4, rows.stream().map(r -> r.text("utterance")).distinct().count());
                assertEquals(extreme(model, frames, layer, neuron, kind.equals("hyper")), rows.getFirst().number("output"), 1e-7);
                for (Csv.Row row : rows) {
                    int u = set.entries().stream().map(FeatureSet.Entry::id).toList().indexOf(row.text("utterance"));
                    int frame = set.starts()[u] + (int) row.number("frame");
                    assertTrue(frame < set.starts()[u + 1], "a frame of that utterance");
                    assertEquals(labels[frame] < 0 ? "" : Tiny.STATES.name(labels[frame]), row.text("state"));
                    float[] window = new float[frames.width()];
                    frames.fillFrame(frame, window, 0);
                    assertEquals(frames.width(), row.text("patch").length());
                    assertEquals(Math.clamp((int) Math.floor((window[7] + 2) / 4 * 11), 0, 10), Character.digit(row.text("patch").charAt(7), 11));
                }
            }
        }
    }

    private static double extreme(AcousticModel model, SplicedFrames frames, String layer, int neuron, boolean least) {
        float[] x = new float[frames.frames() * frames.width()];
        frames.fill(0, frames.frames(), x);
        Workspace work = model.network().workspace(frames.frames());
        model.network().forward(x, 0, frames.frames(), work);
        double[] outputs = new double[frames.frames()];
        Arrays.setAll(outputs, t -> work.activation(layer)[t * Tiny.WIDTH + neuron]);
        return least ? Arrays.stream(outputs).min().orElseThrow() : Arrays.stream(outputs).max().orElseThrow();
    }
}
