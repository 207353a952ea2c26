package org.hyperhypo.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hyperhypo.kernels.Cases;
import org.hyperhypo.kernels.Kernels;

/// What is compute-bound, on one thread and on several, in one question.
final class ThreadQuestions {
    private ThreadQuestions() {
    }

    static String one(String name) {
        return name + ", 1 thread";
    }

    static String many(String name, int threads) {
        return name + ", " + threads + " threads";
    }

    static String suffix(int threads) {
        return " on " + threads + " threads";
    }

    static List<Supplier<Question>> all(int threads) {
        List<Supplier<Question>> questions = new ArrayList<>();
        for (int[] s : Group.PRODUCT_SHAPES) {
            String shape = Group.product(s);
            questions.add(() -> question("sgemm " + shape, threads, Product.of(s[0], s[1], s[2]),
                    k -> List.of(registered("ours NN", "gemm NN " + shape, k), registered("ours NT, B kept packed", "gemm packed NT " + shape, k))));
        }
        questions.add(() -> question("weight gradient 256×1024→1024", threads, null, k -> List.of(
                registered("ours, all rows", "weightGradient 256×1024→1024 masked 100 %, 1024 rows", k),
                registered("ours, 10 % of the rows", "weightGradient 256×1024→1024 masked 10 %, 102 rows", k))));
        for (String branch : new String[] {"frequency branch, 200 filters 8×17", "time branch, 75 filters 40×8"}) {
            questions.add(() -> question(branch, threads, null, k -> List.of(
                    registered("ours, forward", Group.branchCase(branch, false), k), registered("ours, forward and backward", Group.branchCase(branch, true), k))));
        }
        questions.add(() -> {
            Step step = Step.of(Step.paper(), 256);
            return question("training step of the TFCNN, batch 256", threads, step, step::ours);
        });
        return questions;
    }

    private static Question question(String name, int threads, Problem problem, Function<Kernels, List<Contender>> ours) {
        List<Contender> contenders = new ArrayList<>();
        ours.apply(Kernels.best()).forEach(c -> contenders.add(c.named(one(c.name()))));
        ours.apply(Kernels.best(threads)).forEach(c -> contenders.add(c.named(many(c.name(), threads))));
        return new Question(name + suffix(threads), Limits.peak(threads), contenders, problem);
    }

    private static Contender registered(String name, String caseName, Kernels kernels) {
        return Contender.of(name, Cases.benchmark(caseName), kernels);
    }
}
