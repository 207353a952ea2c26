package org.hyperhypo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.hyperhypo.benchmarks.ForkResult.Answer;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.Shape;
import org.hyperhypo.kernels.Activation;
import org.hyperhypo.kernels.Cases;
import org.hyperhypo.kernels.Kernels;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final NetworkSpec SMALL = NetworkSpec.tfcnn(new Shape(1, 10, 5), 4, 3, 2, 3, 2, 2, 2, 20, new Activation.Sigmoid(), 7);
    private static final Rounds SHORT = new Rounds(3, 0.001, 0.01, false);

    /// A multiply-add counts two; the sums are written out.
    @Test
    void flopsOfTheStepAreThoseOfTheLayers() {
        Step step = Step.of(Step.paper(), 256);
        double convolutions = 33.0 * 200 * 136 + 10.0 * 75 * 320;
        double dense = 2350.0 * 1024 + 3 * 1024.0 * 1024 + 1024.0 * 3000;
        assertEquals(2.0 * 256 * (3 * dense + 2 * convolutions), step.flops());
        double tenth = 103.0 * (2350 + 3 * 1024);
        double inputGradients = 3 * 1024.0 * 1024 + 1024.0 * 3000;
        assertEquals(2.0 * 256 * (dense + inputGradients + tenth), step.adaptationFlops());
        assertEquals(2.0 * 3 * 4 * 5, new Product(3, 4, 5, null, null).flops());
        assertEquals(2.0 * 1024 * (dense + convolutions), Utterance.of(Step.paper(), 1024, 256).flops());
    }

    @Test
    void everyTargetAsksForContendersThatExist() {
        Map<String, Set<String>> known = new HashMap<>();
        for (Group group : List.of(Group.SKINNY, Group.MASKED, Group.LAYERS)) {
            for (Supplier<Question> supplier : group.questions(2, Speed.FULL)) {
                Question question = supplier.get();
                Set<String> names = known.computeIfAbsent(question.name(), _ -> new HashSet<>(Set.of(question.limit().name())));
                question.contenders().forEach(c -> names.add(c.name()));
            }
        }
        Set<String> others = Set.of(Targets.ONEDNN, Targets.OPENBLAS);
        int checked = 0;
        for (Target target : Targets.all(2)) {
            if (known.containsKey(target.question())) {
                assertTrue(known.get(target.question()).contains(target.contender()), target.toString());
                assertTrue(others.contains(target.reference()) || known.get(target.question()).contains(target.reference()), target.toString());
                checked++;
            }
        }
        assertEquals(6 + 4 + 4, checked);
    }

    @Test
    void aQuickRunAsksSomeOfTheQuestionsOfEveryGroup() {
        for (Group group : Group.values()) {
            int all = group.questions(2, Speed.FULL).size();
            int some = group.questions(2, Speed.QUICK).size();
            assertTrue(some > 0 && some <= all, group.name());
        }
    }

    @Test
    void everyCaseOfTheRegistryIsMeasuredSomewhere() {
        long products = Cases.benchmarks().stream().filter(c -> c.name().startsWith("gemm ")).count();
        int shapes = Group.PRODUCT_SHAPES.length + Group.SMALL_BATCHES.length;
        assertEquals(products, shapes * 5L, "a shape of products is in the registry, but not in Group");
    }

    @Test
    void aRightAnswerIsWithinToleranceAndAWrongOneIsNot() {
        Product product = Product.of(7, 9, 11);
        float[] c = new float[7 * 9];
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 9; j++) {
                for (int p = 0; p < 11; p++) {
                    c[i * 9 + j] += product.a()[i * 11 + p] * product.b()[p * 9 + j];
                }
            }
        }
        assertTrue(product.residual(c) <= 1);
        c[5] += 1e-4f;
        assertTrue(product.residual(c) > 1);
        c[5] = Float.NaN;
        assertTrue(product.residual(c) > 1);
    }

    @Test
    void oursIsRight() {
        for (boolean backward : new boolean[] {false, true}) {
            assertTrue(Dense.of(6, 20, 9, backward).ours(Kernels.best()).getFirst().residual().getAsDouble() <= 1);
        }
        Step.of(SMALL, 9).ours(Kernels.best()).forEach(c -> assertTrue(c.residual().getAsDouble() <= 1, c.name()));
        assertTrue(Utterance.of(SMALL, 21, 8).ours(Kernels.best()).getFirst().residual().getAsDouble() <= 1);
    }

    @Test
    void aStepThatDoesNotUpdateIsWrong() {
        Step step = Step.of(SMALL, 9);
        float[] still = new float[Step.STEPS + 1];
        java.util.Arrays.fill(still, (float) Math.log(7));
        assertTrue(step.residual(still) > 1);
    }

    @Test
    void theBranchSeesAWrongGradient() {
        Branch branch = Branch.of(3, new org.hyperhypo.kernels.ConvolutionShape(1, 10, 5, 4, 3, 5), 2, 1, true);
        assertTrue(branch.residual(new float[3 * branch.pool().outSize() + 4 * 15]) > 1);
    }

    /// The whole way of a fork, on a network small enough for a test.
    @Test
    void aForkTimesAndChecksEveryContender() {
        List<Supplier<Question>> questions = List.of(() -> Group.engine(SMALL, 16));
        ForkResult fork = Fork.run("ENGINE", questions, SHORT, 1, true, 1, List.of(new Slow()));
        Answer answer = fork.answers().getFirst();
        assertEquals(Limits.peakName(1), answer.limit());
        assertEquals(List.of("fma peak", Step.WHOLE, Step.ADAPTATION, "slow"), answer.series().stream().map(Series::name).toList());
        for (Series s : answer.series()) {
            assertEquals(3, s.seconds().length);
            assertTrue(s.rate() > 0, s.name());
        }
        assertTrue(answer.series(Step.WHOLE).residual() <= 1);
        assertEquals(List.of("slow: sleeps"), fork.yardsticks());
        assertFalse(fork.others() < 0);
    }

    @Test
    void theLibrariesSettingsAreCleared() {
        Map<String, String> variables = new HashMap<>(Map.of("OPENBLAS_CORETYPE", "Haswell", "OPENBLAS_L2_SIZE", "1", "OMP_NUM_THREADS", "7", "PATH", "/bin"));
        ForkProcess.environment(variables, 1);
        assertEquals(Map.of("PATH", "/bin", "OMP_NUM_THREADS", "1", "MKL_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1", "MKL_THREADING_LAYER", "GNU"), variables);
    }

    private static final class Slow implements Yardstick {
        @Override
        public String name() {
            return "slow";
        }

        @Override
        public String text() {
            return "sleeps";
        }

        @Override
        public List<Contender> contenders(Problem problem, int threads) {
            return List.of(Contender.of("slow", 1, () -> java.util.concurrent.locks.LockSupport.parkNanos(100_000), problem, () -> new float[Step.STEPS + 1]));
        }
    }
}
