package org.hyperhypo.benchmarks;

import static org.hyperhypo.benchmarks.Target.Measure.COST;
import static org.hyperhypo.benchmarks.Target.Measure.SECONDS;
import static org.hyperhypo.benchmarks.Target.Measure.SHARE;
import static org.hyperhypo.benchmarks.Target.Measure.SPEED;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.kernels.Case;
import org.hyperhypo.kernels.Cases;

/// The figures of issues 3 and 4, in their order.
final class Targets {
    static final String ONEDNN = "oneDNN";
    static final String OPENBLAS = "OpenBLAS";
    static final String PYTORCH = "PyTorch";
    private static final String PEAK = Limits.peakName(1);
    private static final String NN = "ours NN";
    private static final String KEPT = "ours NT, B kept packed";

    private final List<Target> list = new ArrayList<>();

    private Targets() {
    }

    static List<Target> all(int threads) {
        Targets t = new Targets();
        t.products();
        t.skinny();
        t.masked();
        t.branches();
        t.memory();
        t.threads(threads);
        t.engine(threads);
        return t.list;
    }

    private void add(int issue, String question, String contender, Target.Measure measure, String reference, double bound) {
        list.add(new Target(issue, question, contender, measure, reference, bound));
    }

    private void products() {
        for (int[] s : Group.PRODUCT_SHAPES) {
            String question = "sgemm " + Group.product(s);
            if (s[1] == 3000) {
                add(3, question, NN, SPEED, ONEDNN, 0.95);
            } else {
                add(3, question, NN, SPEED, OPENBLAS, 1.00);
                add(3, question, NN, SPEED, ONEDNN, 0.95);
                add(3, question, NN, SHARE, PEAK, 0.80);
                add(3, question, KEPT, SPEED, ONEDNN, 1.00);
                add(3, question, KEPT, SHARE, PEAK, 0.88);
            }
            add(3, question, "ours NT", SPEED, NN, 0.97);
            add(3, question, "ours TN", SPEED, NN, 0.97);
        }
    }

    private void skinny() {
        for (int m : Group.SMALL_BATCHES) {
            String question = "sgemm " + m + "×1024×1024";
            add(3, question, NN, SPEED, ONEDNN, 0.90);
            add(3, question, KEPT, SPEED, ONEDNN, 0.90);
        }
    }

    /// Time of n rows, at most 1.1·n/N + 0.02 of that of all N.
    private void masked() {
        for (int percent : new int[] {5, 10, 20, 50}) {
            double rows = 1024 * percent / 100;
            add(3, "masked weight gradient 256×1024→1024", "ours, " + percent + " % of the rows", COST, "ours, 100 % of the rows", 1.1 * rows / 1024 + 0.02);
        }
    }

    private void branches() {
        add(3, "frequency branch, 200 filters 8×17, forward", "ours", SHARE, PEAK, 0.85);
        add(3, "frequency branch, 200 filters 8×17, forward and backward", "ours", SHARE, PEAK, 0.70);
        add(3, "time branch, 75 filters 40×8, forward", "ours", SHARE, PEAK, 0.80);
        add(3, "time branch, 75 filters 40×8, forward and backward", "ours", SHARE, PEAK, 0.65);
    }

    private void memory() {
        for (String start : new String[] {"activate Relu", "momentum 16777216", "adam 16777216"}) {
            Case found = Cases.benchmarks().stream().filter(c -> c.name().startsWith(start) && c.work().bytes() > 1e8).findFirst().orElseThrow();
            add(3, Registry.OUT_OF_CACHE, found.name(), SHARE, Limits.copyName(Limits.OUT_OF_CACHE), 0.90);
        }
        add(3, "softmax, cross entropy and gradient 256×3000", "ours", SPEED, "C loop", 0.80);
    }

    private void threads(int threads) {
        for (int[] s : Group.PRODUCT_SHAPES) {
            scaling(3, "sgemm " + Group.product(s), NN, threads, 1.85);
            scaling(3, "sgemm " + Group.product(s), KEPT, threads, 1.85);
        }
        scaling(3, "weight gradient 256×1024→1024", "ours, all rows", threads, 1.85);
        scaling(3, "weight gradient 256×1024→1024", "ours, 10 % of the rows", threads, 1.85);
        for (String branch : new String[] {"frequency branch, 200 filters 8×17", "time branch, 75 filters 40×8"}) {
            scaling(3, branch, "ours, forward", threads, 1.85);
            scaling(3, branch, "ours, forward and backward", threads, 1.85);
        }
    }

    /// The bounds are for two threads; for more they grow in proportion.
    private void scaling(int issue, String question, String contender, int threads, double two) {
        add(issue, question + ThreadQuestions.suffix(threads), ThreadQuestions.many(contender, threads), SPEED, ThreadQuestions.one(contender),
                two / 2 * threads);
    }

    private void engine(int threads) {
        String step = "training step of the TFCNN, batch 256";
        add(4, step, Step.WHOLE, SHARE, PEAK, 0.70);
        add(4, step, Step.WHOLE, SPEED, PYTORCH + ", whole step", 2.2);
        scaling(4, step, Step.WHOLE, threads, 1.8);
        add(4, step, Step.ADAPTATION, SPEED, PYTORCH + ", adaptation step", 3.5);
        add(4, step, Step.ADAPTATION, COST, Step.WHOLE, 0.60);
        add(4, "forward of an utterance of 1024 frames, no copy of windows", "ours", SHARE, PEAK, 0.80);
        add(4, "loading a model of 20 MB", "ours", SECONDS, null, 0.100);
    }
}
