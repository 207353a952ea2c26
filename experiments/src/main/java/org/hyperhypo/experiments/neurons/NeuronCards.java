package org.hyperhypo.experiments.neurons;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.Batches;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.SplicedFrames;
import org.hyperhypo.experiments.report.Csv;

/// What the most hyper and the most hypo neuron of every layer respond to (after arXiv:2304.12918): the frames on which a hypo neuron is most
/// active and those on which a hyper neuron is least, the states with such outputs, and how well the state label alone predicts the output (R²).
public final class NeuronCards {
    public static final String[] COLUMNS = {"replicate", "layer", "neuron", "kind", "rate", "mean", "sd", "r2", "states", "rank", "utterance",
        "frame", "state", "output", "bands", "patch"};
    private static final int FRAMES = 4;
    private static final int STATES = 3;
    /// A state heard on fewer frames has no mean worth naming.
    private static final int ENOUGH = 10;
    private static final String LEVELS = "0123456789a";
    private static final float PATCH_RANGE = 2;

    /// The frame of each utterance on which one neuron's output is most extreme.
    private record Card(ActivationStats.Layer layer, int neuron, boolean hyper, int[] frame, float[] output) {
        void look(int utterance, int at, float value) {
            if (frame[utterance] < 0 || (hyper ? value < output[utterance] : value > output[utterance])) {
                frame[utterance] = at;
                output[utterance] = value;
            }
        }

        /// Utterances, the most extreme first.
        List<Integer> best() {
            return IntStream.range(0, frame.length).filter(u -> frame[u] >= 0).boxed()
                    .sorted(Comparator.<Integer>comparingDouble(u -> hyper ? output[u] : -output[u]).thenComparingInt(u -> u)).limit(FRAMES).toList();
        }
    }

    private NeuronCards() {
    }

    /// @param labels one state a frame, negative where unknown
    public static void add(Csv table, int replicate, AcousticModel model, FeatureSet set, int[] labels, Activity activity) {
        SplicedFrames frames = model.splice(set);
        List<Card> cards = cards(activity.stats(), set.size());
        look(model.network(), frames, set.starts(), cards);
        float[] window = new float[frames.width()];
        for (Card card : cards) {
            ActivationStats.Layer layer = card.layer;
            StateSums sums = activity.states(layer.name());
            int rank = 0;
            for (int u : card.best()) {
                int frame = card.frame[u];
                frames.fillFrame(frame, window, 0);
                table.add(replicate, layer.name(), card.neuron, card.hyper ? "hyper" : "hypo", layer.rate(card.neuron), layer.mean(card.neuron),
                        layer.deviation(card.neuron), sums.selectivity(card.neuron), states(model, sums, card), ++rank, set.entries().get(u).id(),
                        frame - set.starts()[u], labels[frame] < 0 ? "" : model.states().name(labels[frame]), card.output[u],
                        model.features().options().bands(), patch(window));
            }
        }
    }

    private static List<Card> cards(ActivationStats stats, int utterances) {
        List<Card> cards = new ArrayList<>();
        for (ActivationStats.Layer layer : stats.layers()) {
            List<Integer> order = HyperHypo.ranking(layer);
            for (boolean hyper : new boolean[] {false, true}) {
                int[] frame = new int[utterances];
                java.util.Arrays.fill(frame, -1);
                cards.add(new Card(layer, hyper ? order.getLast() : order.getFirst(), hyper, frame, new float[utterances]));
            }
        }
        return cards;
    }

    private static void look(Network network, SplicedFrames frames, int[] starts, List<Card> cards) {
        Workspace work = network.workspace(Batches.SIZE);
        int[] utterance = {0};
        Batches.forEach(network, frames, work, (from, count) -> {
            for (int i = 0; i < count; i++) {
                while (starts[utterance[0] + 1] <= from + i) {
                    utterance[0]++;
                }
                for (Card card : cards) {
                    card.look(utterance[0], from + i, work.activation(card.layer.name())[i * card.layer.neurons() + card.neuron]);
                }
            }
        });
    }

    /// The states on whose frames a hypo neuron is most active on average, or a hyper neuron least.
    private static String states(AcousticModel model, StateSums sums, Card card) {
        return IntStream.range(0, model.states().size()).filter(s -> sums.frames(s) >= ENOUGH).boxed()
                .sorted(Comparator.<Integer>comparingDouble(s -> (card.hyper ? 1 : -1) * sums.mean(card.neuron, s)).thenComparingInt(s -> s)).limit(STATES)
                .map(s -> model.states().name(s) + " " + String.format(Locale.ROOT, "%.2g", sums.mean(card.neuron, s))).collect(Collectors.joining("; "));
    }

    /// The window of features around a frame, (bands, frames), one character each: 0 for −2 standard deviations and below, a for 2 and above.
    private static String patch(float[] window) {
        StringBuilder text = new StringBuilder();
        for (float value : window) {
            int level = (int) Math.floor((value + PATCH_RANGE) / (2 * PATCH_RANGE) * LEVELS.length());
            text.append(LEVELS.charAt(Math.clamp(level, 0, LEVELS.length() - 1)));
        }
        return text.toString();
    }
}
