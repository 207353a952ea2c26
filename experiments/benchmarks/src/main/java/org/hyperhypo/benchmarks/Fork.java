package org.hyperhypo.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.hyperhypo.benchmarks.ForkResult.Answer;

/// A JVM of its own that asks one group of questions and writes what it measured.
final class Fork {
    private Fork() {
    }

    /// Arguments: group, speed, number of the fork, threads, file to write.
    public static void main(String[] args) throws IOException {
        Group group = Group.valueOf(args[0]);
        int threads = group == Group.THREADS ? Integer.parseInt(args[3]) : 1;
        Speed speed = Speed.valueOf(args[1]);
        int fork = Integer.parseInt(args[2]);
        List<Yardstick> yardsticks = Boolean.getBoolean("hyperhypo.yardsticks") && group.compares() ? yardsticks() : List.of();
        run(group.name(), group.questions(threads, speed), speed.rounds(threads > 1), fork, speed.checks(group, fork), threads, yardsticks)
                .write(Path.of(args[4]));
        System.exit(0);
    }

    static List<Yardstick> yardsticks() {
        return ServiceLoader.load(Yardstick.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    static ForkResult run(String group, List<Supplier<Question>> questions, Rounds rounds, int fork, boolean check, int threads,
                          List<Yardstick> yardsticks) {
        String load = Machine.load();
        long start = System.nanoTime();
        double busy = Machine.busySeconds();
        double own = Machine.ownSeconds();
        List<Answer> answers = new ArrayList<>();
        for (Supplier<Question> supplier : questions) {
            Question question = supplier.get();
            if (!question.contenders().isEmpty()) {
                List<Series> series = rounds.time(question.all(yardsticks, threads), check);
                answers.add(new Answer(question.name(), question.limit() == null ? null : question.limit().name(), series));
            }
        }
        double wall = (System.nanoTime() - start) * 1e-9;
        double others = Math.max(0, Machine.busySeconds() - busy - (Machine.ownSeconds() - own)) / wall;
        return new ForkResult(group, fork, others, load, wall, yardsticks.stream().map(y -> y.name() + ": " + y.text()).toList(), answers);
    }
}
