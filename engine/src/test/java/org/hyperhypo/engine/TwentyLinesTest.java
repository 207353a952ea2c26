package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The program of engine/README.md: trains and adapts a network without any speech.
class TwentyLinesTest {
    private static final Path ROOT = Path.of(System.getProperty("hyperhypo.root", ".."), "engine");

    // README program
    static Examples points(int count, double turn, long seed) {          // two half moons, turned by `turn`
        var random = new SplittableRandom(seed);
        float[] x = new float[2 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            double angle = Math.PI * random.nextDouble() + (labels[i] = i % 2) * Math.PI;
            double u = Math.cos(angle) + labels[i] - 0.5, v = Math.sin(angle) + 0.25 * (2 * labels[i] - 1);
            x[2 * i] = (float) (Math.cos(turn) * u - Math.sin(turn) * v);
            x[2 * i + 1] = (float) (Math.sin(turn) * u + Math.cos(turn) * v);
        }
        return Examples.of(x, labels, 2);
    }

    static double[] program() {
        var spec = NetworkSpec.input(2, 1, 1).dense(32).sigmoid().dense(32).sigmoid().dense(2).softmax();
        var net = Network.initialised(spec, Initialisation.sigmoid(1), 1);
        var options = Trainer.Options.of(Sgd.momentum(0.9), 0.1, 40, 32, 1);
        Trainer.train(net, NeuronMask.all(spec), points(1000, 0, 1), null, options, _ -> { });
        Examples turned = points(1000, 0.6, 2);                              // the world has turned
        double before = Evaluation.of(net, turned, net.workspace(256)).accuracy();
        var mask = NeuronMask.of(spec, Map.of("fc1", new int[] {0, 1, 2, 3, 4, 5, 6, 7}));
        Trainer.train(net, mask, points(1000, 0.6, 3), null, options, _ -> { });   // only eight neurons learn
        return new double[] {before, Evaluation.of(net, turned, net.workspace(256)).accuracy()};
    }
    // end of README program

    @Test
    void theReadmeShowsExactlyThisProgram() throws IOException {
        String source = Files.readString(ROOT.resolve("src/test/java/org/hyperhypo/engine/TwentyLinesTest.java"));
        String marked = source.substring(source.indexOf("// README program\n") + 18, source.indexOf("    // end of README program"));
        assertTrue(readme().contains("```java\n" + marked.stripTrailing().stripIndent() + "\n```"),
                "engine/README.md differs from the program of this test");
    }

    @Test
    void theReadmeProgramTrainsAndAdapts() throws IOException {
        double[] accuracy = program();
        String shown = String.format(Locale.ROOT, "%.3f and %.3f", accuracy[0], accuracy[1]);
        assertTrue(readme().contains("returns " + shown), "engine/README.md should say " + shown);
        System.out.printf("README program: %.3f of the turned points right before adaptation, %.3f after%n", accuracy[0], accuracy[1]);
        assertTrue(accuracy[0] < 0.95 && accuracy[1] > 0.97, List.of(accuracy[0], accuracy[1]).toString());
        assertArrayEquals(accuracy, program(), 0, "same bits again");
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
