package org.hyperhypo.experiments.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hyperhypo.asr.score.Bootstrap;
import org.hyperhypo.asr.score.EditDistance;
import org.hyperhypo.asr.score.Mapsswe;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.experiments.report.Csv;

/// Differences of two systems in word error rate with paired bootstrap intervals over utterances and over speakers, and the matched-pairs test.
///
/// An arm with several random draws counts with the mean of its errors over the draws; the matched-pairs test, which needs one alignment of
/// every utterance, takes its first draw.
public final class Contrasts {
    static final String[] COLUMNS = {"contrast", "condition", "difference", "low", "high", "p", "replicates", "words",
        "speaker_low", "speaker_high", "speakers", "mapsswe_z", "mapsswe_p"};

    /// Pairs (a, b): the difference is a − b, negative when a makes fewer errors. The first four were declared before any result was seen.
    static final List<String[]> ARMS = List.of(new String[] {"A7", "A1"}, new String[] {"A7", "A9"}, new String[] {"A7", "A8"},
            new String[] {"A6", "A3"}, new String[] {"A6", "A6m"}, new String[] {"A6", "A2"},
            new String[] {"A7", "A10"}, new String[] {"A11", "A1"}, new String[] {"A12", "A1"}, new String[] {"A12.A6", "A12"},
            new String[] {"A13.A1", "A1"}, new String[] {"A13.A7", "A7"}, new String[] {"A13.A7", "A13.A1"}, new String[] {"A15.A7", "A15.A1"});

    /// Errors of one system on one utterance, summed over its draws.
    private static final class Tally {
        private long errors;
        private int draws;
        private long words;
        private List<EditDistance.Step> steps;
    }

    private record Utterance(int replicate, String condition, String id, String speaker) {
    }

    private final Map<String, Map<Utterance, Tally>> systems = new LinkedHashMap<>();
    private final Csv table = new Csv(COLUMNS);
    private final long seed;

    public Contrasts(long seed) {
        this.seed = seed;
    }

    /// Adds the utterances of a table with [Evaluation#UTTERANCE_COLUMNS].
    public void add(Csv utterances) {
        for (Csv.Row row : utterances.rows()) {
            var key = new Utterance((int) row.number("replicate"), row.text("condition"), row.text("utterance"), row.text("speaker"));
            Tally tally = systems.computeIfAbsent(row.text("arm"), arm -> new LinkedHashMap<>()).computeIfAbsent(key, k -> new Tally());
            tally.errors += (long) (row.number("sub") + row.number("del") + row.number("ins"));
            tally.draws++;
            tally.words = (long) row.number("words");
            tally.steps = tally.steps == null ? Evaluation.steps(row.text("edits")) : tally.steps;
        }
    }

    /// Compares two systems over all target conditions that both were tested in, and in each; clean speech only on its own. No row where no words can be compared.
    public void compare(String name, String a, String b) {
        Map<Utterance, Tally> first = systems.get(a);
        Map<Utterance, Tally> second = systems.get(b);
        if (first == null || second == null) {
            return;
        }
        List<Utterance> common = first.keySet().stream().filter(second::containsKey).toList();
        row(name, "all", common.stream().filter(u -> !u.condition.equals(ReplicateRun.CLEAN)).toList(), first, second);
        for (String condition : new TreeSet<>(common.stream().map(Utterance::condition).toList())) {
            row(name, condition, common.stream().filter(u -> u.condition.equals(condition)).toList(), first, second);
        }
    }

    /// WER of every arm with its bootstrap interval, over all conditions and in each: `arm,condition,wer,low,high`.
    Csv intervals(List<String> arms) {
        Csv intervals = new Csv("arm", "condition", "wer", "low", "high");
        for (String arm : arms) {
            Map<Utterance, Tally> tallies = systems.getOrDefault(arm, Map.of());
            interval(intervals, arm, "all", List.copyOf(tallies.values()));
            for (String condition : new TreeSet<>(tallies.keySet().stream().map(Utterance::condition).toList())) {
                interval(intervals, arm, condition, tallies.entrySet().stream().filter(e -> e.getKey().condition.equals(condition))
                        .map(Map.Entry::getValue).toList());
            }
        }
        return intervals;
    }

    private void interval(Csv table, String arm, String condition, List<Tally> tallies) {
        if (!tallies.isEmpty()) {
            List<WordErrors> errors = tallies.stream().map(t -> new WordErrors(t.errors, 0, 0, t.words * t.draws)).toList();
            List<WordErrors> perfect = tallies.stream().map(t -> new WordErrors(0, 0, 0, t.words * t.draws)).toList();
            Bootstrap.Result result = Bootstrap.paired(errors, perfect, Bootstrap.RESAMPLES, seed);
            table.add(arm, condition, result.difference(), result.low(), result.high());
        }
    }

    public Csv table() {
        return table;
    }

    private void row(String name, String condition, List<Utterance> utterances, Map<Utterance, Tally> a, Map<Utterance, Tally> b) {
        if (utterances.stream().noneMatch(utterance -> a.get(utterance).words > 0)) {
            return;
        }
        List<WordErrors> first = new ArrayList<>();
        List<WordErrors> second = new ArrayList<>();
        Map<Integer, WordErrors[]> byReplicate = new TreeMap<>();
        long words = 0;
        for (Utterance utterance : utterances) {
            Tally x = a.get(utterance);
            Tally y = b.get(utterance);
            // Whole numbers: both sides are multiplied by the number of draws of the two, which leaves every rate as it is.
            WordErrors ex = new WordErrors(x.errors * y.draws, 0, 0, x.words * x.draws * y.draws);
            WordErrors ey = new WordErrors(y.errors * x.draws, 0, 0, x.words * x.draws * y.draws);
            first.add(ex);
            second.add(ey);
            words += x.words;
            byReplicate.merge(utterance.replicate, new WordErrors[] {ex, ey}, (p, q) -> new WordErrors[] {p[0].add(q[0]), p[1].add(q[1])});
        }
        Bootstrap.Result result = Bootstrap.paired(first, second, Bootstrap.RESAMPLES, seed);
        String differences = byReplicate.values().stream().map(pair -> Csv.number(pair[0].wer() - pair[1].wer()))
                .collect(Collectors.joining(";"));
        List<String> speakers = utterances.stream().map(Utterance::speaker).toList();
        Bootstrap.Result bySpeaker = Bootstrap.paired(speakers, first, second, Bootstrap.RESAMPLES, seed);
        boolean several = bySpeaker.units() > 1;
        Mapsswe.Result matched = Mapsswe.test(utterances.stream().map(u -> a.get(u).steps).toList(), utterances.stream().map(u -> b.get(u).steps).toList());
        table.add(name, condition, result.difference(), result.low(), result.high(), result.p(), differences, words,
                several ? bySpeaker.low() : Double.NaN, several ? bySpeaker.high() : Double.NaN, bySpeaker.units(), matched.z(), matched.p());
    }
}
