package org.hyperhypo.asr.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Scores the hypotheses of a test set against its references, per utterance, per speaker and overall.
public final class Scorer {
    /// What to do with a reference that has no hypothesis.
    public enum Missing {
        /// Refuse, naming the utterances.
        STRICT,
        /// Leave these references out of the count (what sclite does for trn files, without saying so).
        PRESENT,
        /// Count all their words as deletions.
        ALL
    }

    /// @param utterances counts per utterance, in the order of the references
    /// @param speakers counts per speaker, sorted by name
    /// @param missing references without hypothesis: left out or counted as deletions, as was chosen
    public record Result(WordErrors overall, Map<String, WordErrors> speakers, Map<String, WordErrors> utterances, List<String> missing) {
        /// Utterances with at least one error.
        public long wrongUtterances() {
            return utterances.values().stream().filter(e -> e.errors() > 0).count();
        }

        /// The same counts by any other groups, such as conditions; sorted by name. An utterance may belong to several groups or to none.
        public Map<String, WordErrors> by(Function<String, ? extends Collection<String>> groupsOf) {
            var grouped = new TreeMap<String, WordErrors>();
            utterances.forEach((id, e) -> groupsOf.apply(id).forEach(group -> grouped.merge(group, e, WordErrors::add)));
            return grouped;
        }

        /// The overall line, then one line per speaker.
        public String text() {
            var lines = new ArrayList<String>();
            lines.add(overall.line());
            speakers.forEach((s, e) -> lines.add(s + " " + e.line()));
            return String.join("\n", lines);
        }
    }

    private Scorer() {
    }

    /// @param speakers utterance id to speaker; an utterance without entry counts for a speaker of its own id
    public static Result score(Map<String, List<String>> references, Map<String, List<String>> hypotheses, Map<String, String> speakers,
            Missing missing) {
        var unknown = new ArrayList<>(hypotheses.keySet());
        unknown.removeIf(references::containsKey);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("scoring: " + unknown.size() + " of " + hypotheses.size()
                    + " hypotheses have no reference: " + some(unknown) + "; give the references of the same data folder");
        }
        var absent = new ArrayList<>(references.keySet());
        absent.removeIf(hypotheses::containsKey);
        if (!absent.isEmpty() && missing == Missing.STRICT) {
            throw new IllegalArgumentException("scoring: " + absent.size() + " of " + references.size() + " references have no hypothesis: "
                    + some(absent) + "; decode them, count them as deletions (all) or leave them out (present)");
        }
        var utterances = new LinkedHashMap<String, WordErrors>();
        var perSpeaker = new TreeMap<String, WordErrors>();
        WordErrors overall = WordErrors.NONE;
        for (var reference : references.entrySet()) {
            String id = reference.getKey();
            List<String> hypothesis = hypotheses.get(id);
            if (hypothesis == null && missing == Missing.PRESENT) {
                continue;
            }
            WordErrors e = EditDistance.count(reference.getValue(), hypothesis == null ? List.of() : hypothesis);
            utterances.put(id, e);
            perSpeaker.merge(speakers.getOrDefault(id, id), e, WordErrors::add);
            overall = overall.add(e);
        }
        return new Result(overall, perSpeaker, utterances, List.copyOf(absent));
    }

    private static String some(List<String> ids) {
        return ids.size() <= 10 ? ids.toString() : ids.subList(0, 10) + " and " + (ids.size() - 10) + " more";
    }
}
