package org.hyperhypo.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.kernels.Case;
import org.hyperhypo.kernels.Cases;
import org.hyperhypo.kernels.ConvolutionShape;
import org.hyperhypo.kernels.Kernels;

/// Questions that share a JVM. Each is made only when its turn comes, so that one question's arrays are gone before the next.
enum Group {
    /// Matrix products in every form, and with weights kept packed.
    PRODUCTS,
    /// Batches of 1, 4 and 16: the weights must be read for few products.
    SKINNY,
    /// Fully connected layers and the TFCNN's branches, forward and backward.
    LAYERS,
    /// The weight gradient of some of the rows against that of all.
    MASKED,
    /// What memory limits, and softmax with cross entropy.
    MEMORY,
    /// The engine: training step, adaptation step, utterance, loading.
    ENGINE,
    /// Several threads against one.
    THREADS,
    /// Every other case of the registry, without yardsticks.
    REGISTRY;

    static final int[][] PRODUCT_SHAPES = {{256, 1024, 1024}, {512, 1024, 1024}, {512, 2048, 2048}, {256, 3000, 1024}};
    static final int[] SMALL_BATCHES = {1, 4, 16};
    private static final int WIDE = 1024;
    private static final int BATCH = 256;
    private static final int FRAMES = 1024;

    /// A quick run asks about one large product, one product and the step on several threads, and the small cases of the registry.
    ///
    /// @param threads of the questions about threads; all others run on one
    List<Supplier<Question>> questions(int threads, Speed speed) {
        boolean quick = speed == Speed.QUICK;
        return switch (this) {
            case PRODUCTS -> products(quick ? new int[][] {PRODUCT_SHAPES[0]} : PRODUCT_SHAPES);
            case SKINNY -> products(java.util.Arrays.stream(SMALL_BATCHES).mapToObj(m -> new int[] {m, WIDE, WIDE}).toArray(int[][]::new));
            case LAYERS -> layers();
            case MASKED -> List.of(this::masked);
            case MEMORY -> memory();
            case ENGINE -> List.of(() -> engine(Step.paper(), BATCH), () -> utterance(), () -> loading());
            case THREADS -> quick ? ends(ThreadQuestions.all(threads)) : ThreadQuestions.all(threads);
            case REGISTRY -> Registry.rest(quick ? Registry.SMALL_FLOPS : Double.POSITIVE_INFINITY);
        };
    }

    private static <T> List<T> ends(List<T> list) {
        return List.of(list.getFirst(), list.getLast());
    }

    /// Whether yardsticks have something to say; where not they are not even loaded.
    boolean compares() {
        return this != MASKED && this != REGISTRY;
    }

    static String product(int[] s) {
        return s[0] + "×" + s[1] + "×" + s[2];
    }

    private static List<Supplier<Question>> products(int[][] shapes) {
        List<Supplier<Question>> questions = new ArrayList<>();
        for (int[] s : shapes) {
            questions.add(() -> {
                List<Contender> ours = List.of(registered("ours NN", "gemm NN " + product(s)), registered("ours NT", "gemm NT " + product(s)),
                        registered("ours TN", "gemm TN " + product(s)), registered("ours NN, B kept packed", "gemm packed NN " + product(s)),
                        registered("ours NT, B kept packed", "gemm packed NT " + product(s)));
                return new Question("sgemm " + product(s), Limits.peak(1), ours, Product.of(s[0], s[1], s[2]));
            });
        }
        return questions;
    }

    private static List<Supplier<Question>> layers() {
        List<Supplier<Question>> questions = new ArrayList<>();
        for (boolean backward : new boolean[] {false, true}) {
            String text = backward ? ", forward and backward" : ", forward";
            questions.add(() -> {
                Dense dense = Dense.of(BATCH, WIDE, WIDE, backward);
                return new Question("FC layer 256×1024→1024" + text, Limits.peak(1), dense.ours(Kernels.best()), dense);
            });
            questions.add(() -> branch("frequency branch, 200 filters 8×17", new ConvolutionShape(1, 40, 17, 200, 8, 17), 3, 1, backward, text));
            questions.add(() -> branch("time branch, 75 filters 40×8", new ConvolutionShape(1, 40, 17, 75, 40, 8), 1, 5, backward, text));
        }
        return questions;
    }

    private static Question branch(String name, ConvolutionShape shape, int poolHeight, int poolWidth, boolean backward, String text) {
        Contender ours = registered("ours", branchCase(name, backward));
        return new Question(name + text, Limits.peak(1), List.of(ours), Branch.of(BATCH, shape, poolHeight, poolWidth, backward));
    }

    static String branchCase(String name, boolean backward) {
        return (backward ? "convolution forward and backward " : "convolutionForward pooled ") + name + ", batch " + BATCH;
    }

    private Question masked() {
        List<Contender> ours = new ArrayList<>();
        for (int percent : new int[] {100, 5, 10, 20, 50}) {
            String start = "weightGradient 256×1024→1024 masked " + percent + " %";
            Case found = Cases.benchmarks().stream().filter(c -> c.name().startsWith(start)).findFirst().orElseThrow();
            ours.add(Contender.of("ours, " + percent + " % of the rows", found, Kernels.best()));
        }
        return new Question("masked weight gradient 256×1024→1024", Limits.peak(1), ours, null);
    }

    private static List<Supplier<Question>> memory() {
        List<Supplier<Question>> questions = new ArrayList<>(Registry.outOfCache());
        questions.add(() -> {
            SoftmaxLoss problem = SoftmaxLoss.of(BATCH, 3000);
            Contender ours = registered("ours", "softmaxCrossEntropy 256×3000");
            return new Question("softmax, cross entropy and gradient 256×3000", Limits.copy(BATCH * 3000), List.of(ours), problem);
        });
        return questions;
    }

    static Question engine(NetworkSpec spec, int batch) {
        Step step = Step.of(spec, batch);
        return new Question("training step of the TFCNN, batch " + batch, Limits.peak(1), step.ours(Kernels.best()), step);
    }

    private static Question utterance() {
        Utterance utterance = Utterance.of(Step.paper(), FRAMES, BATCH);
        return new Question("forward of an utterance of " + FRAMES + " frames, no copy of windows", Limits.peak(1), utterance.ours(Kernels.best()), null);
    }

    private static Question loading() {
        return new Question("loading a model of 20 MB", null, Loading.of20MB().ours(), null);
    }

    static Contender registered(String name, String caseName) {
        return Contender.of(name, Cases.benchmark(caseName), Kernels.best());
    }
}
