package org.hyperhypo.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hyperhypo.asr.features.Features;
import org.hyperhypo.asr.features.FrameContext;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.engine.Initialisation;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.Shape;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.kernels.Activation;

/// Networks, features and lexicons that are small enough to compute by other means.
public final class Tiny {
    public static final int BANDS = 6;
    public static final int WIDTH = 8;
    public static final FrameContext CONTEXT = new FrameContext(2, 2);
    /// Two words of one phone each, beside silence: nine states.
    public static final Lexicon LEXICON = Lexicon.of(Map.of("ah", List.of(List.of("A")), "oh", List.of(List.of("O"))));
    public static final StateInventory STATES = AcousticModel.inventory(List.of("A", "O"), 3);

    private Tiny() {
    }

    public static NetworkSpec spec(Activation activation) {
        return NetworkSpec.tfcnn(new Shape(1, BANDS, CONTEXT.frames()), 3, 3, 2, 2, 3, 2, 2, WIDTH, activation, STATES.size());
    }

    /// A convolutional network with two hidden layers of [#WIDTH] sigmoid neurons, random biases included.
    public static Network network(long seed) {
        return network(spec(new Activation.Sigmoid()), seed);
    }

    public static Network network(NetworkSpec spec, long seed) {
        Network network = Network.initialised(spec, Initialisation.sigmoid(2), seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (String name : network.tensorNames()) {
            if (name.endsWith(".bias")) {
                fill(network.tensor(name), random, 1);
            }
        }
        return network;
    }

    public static AcousticModel model(long seed) {
        float[] priors = new float[STATES.size()];
        fill(priors, new SplittableRandom(seed + 1), 1);
        return new AcousticModel(network(seed), FeatureSettings.of("mel", BANDS, 8000, FeatureSettings.Cmvn.SPEAKER), CONTEXT, STATES, priors);
    }

    /// Random features: `speakers` × `each` utterances of one or two words and of 20 to 39 frames.
    public static FeatureSet features(long seed, int speakers, int each) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FeatureSet.Entry> entries = new ArrayList<>();
        for (int s = 0; s < speakers; s++) {
            for (int u = 0; u < each; u++) {
                int frames = 20 + random.nextInt(20);
                float[] data = new float[frames * BANDS];
                fill(data, random, 2);
                List<String> words = random.nextBoolean() ? List.of("ah") : List.of("oh", "ah");
                entries.add(new FeatureSet.Entry("s%02d-%03d".formatted(s, u), "s%02d".formatted(s), words, new Features(frames, BANDS, data)));
            }
        }
        return new FeatureSet(entries);
    }

    /// Random frames for a network that reads `width` numbers.
    public static FrameSource frames(long seed, int frames, int width) {
        float[] data = new float[frames * width];
        fill(data, new SplittableRandom(seed), 2);
        return frames(data, width);
    }

    public static FrameSource frames(float[] data, int width) {
        return new FrameSource() {
            @Override
            public int frames() {
                return data.length / width;
            }

            @Override
            public int width() {
                return width;
            }

            @Override
            public void fill(int from, int count, float[] out) {
                System.arraycopy(data, from * width, out, 0, count * width);
            }

            @Override
            public void fillFrame(int frame, float[] out, int offset) {
                System.arraycopy(data, frame * width, out, offset, width);
            }
        };
    }

    public static int[] labels(long seed, int frames, int classes) {
        SplittableRandom random = new SplittableRandom(seed);
        return java.util.stream.IntStream.range(0, frames).map(t -> random.nextInt(-1, classes)).toArray();
    }

    public static void fill(float[] out, SplittableRandom random, double scale) {
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (scale * (2 * random.nextDouble() - 1));
        }
    }

    /// Says which seed a test runs with; -Dhyperhypo.test.seed=N chooses another.
    public static long seed(String test) {
        long seed = Long.getLong("hyperhypo.test.seed", 20261122L);
        System.out.println(test + ": seed " + seed);
        return seed;
    }
}
