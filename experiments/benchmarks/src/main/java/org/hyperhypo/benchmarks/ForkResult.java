package org.hyperhypo.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyperhypo.experiments.report.Json;

/// What one JVM has measured.
///
/// @param others     processor cores that everybody else used meanwhile, on average
/// @param load       load averages when it began
/// @param yardsticks libraries that took part, with what they chose
record ForkResult(String group, int fork, double others, String load, double wallSeconds, List<String> yardsticks, List<Answer> answers) {

    /// A question and its series; `limit` is the name of one of them or null.
    record Answer(String question, String limit, List<Series> series) {
        Series series(String name) {
            return series.stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
        }
    }

    void write(Path file) throws IOException {
        Json.write(file, this);
    }

    static ForkResult read(Path file) throws IOException {
        try {
            Map<?, ?> map = (Map<?, ?>) Json.read(file);
            List<Answer> answers = new ArrayList<>();
            for (Object item : (List<?>) map.get("answers")) {
                Map<?, ?> answer = (Map<?, ?>) item;
                List<Series> series = ((List<?>) answer.get("series")).stream().map(s -> series((Map<?, ?>) s)).toList();
                answers.add(new Answer((String) answer.get("question"), (String) answer.get("limit"), series));
            }
            return new ForkResult((String) map.get("group"), (int) number(map, "fork"), number(map, "others"), (String) map.get("load"),
                    number(map, "wallSeconds"), ((List<?>) map.get("yardsticks")).stream().map(String::valueOf).toList(), answers);
        } catch (ClassCastException | NullPointerException e) {
            throw new IOException(file + ": not the result of a fork; delete it", e);
        }
    }

    private static Series series(Map<?, ?> map) {
        double[] seconds = ((List<?>) map.get("seconds")).stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray();
        return new Series((String) map.get("name"), number(map, "flops"), number(map, "bytes"), seconds, number(map, "allocated"), number(map, "residual"));
    }

    private static double number(Map<?, ?> map, String key) {
        return map.get(key) instanceof Number n ? n.doubleValue() : Double.NaN;
    }
}
