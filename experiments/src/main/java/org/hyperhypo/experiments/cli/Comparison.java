package org.hyperhypo.experiments.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hyperhypo.asr.score.Bootstrap;
import org.hyperhypo.asr.score.EditDistance;
import org.hyperhypo.asr.score.Holm;
import org.hyperhypo.asr.score.Mapsswe;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.experiments.UserError;

/// Is one system better than others on the same utterances?
final class Comparison {
    private static final long SEED = 1;

    private Comparison() {
    }

    /// A few lines for each of `others`: MAPSSWE, and the difference with its 95 % interval by utterance and, where known, by speaker.
    static void print(PrintWriter out, ScoredFile one, List<ScoredFile> others, Map<String, List<String>> speakerOf) {
        List<Mapsswe.Result> tests = new ArrayList<>();
        for (ScoredFile other : others) {
            if (!other.result().utterances().keySet().equals(one.result().utterances().keySet())) {
                throw new UserError(one.file() + " and " + other.file() + " were not scored on the same utterances; use --missing strict or all");
            }
            tests.add(Mapsswe.test(alignments(one, one), alignments(one, other)));
        }
        double[] adjusted = Holm.adjust(tests.stream().mapToDouble(Mapsswe.Result::p).toArray());
        for (int i = 0; i < others.size(); i++) {
            ScoredFile other = others.get(i);
            out.println();
            out.println("against " + other.file() + "  " + other.result().overall().line());
            Mapsswe.Result test = tests.get(i);
            out.printf(Locale.ROOT, "MAPSSWE    segments %d, mean difference %.3f errors, Z %.3f, p %.4f%s%n", test.segments().size(), test.mean(), test.z(),
                    test.p(), others.size() == 1 ? "" : String.format(Locale.ROOT, " (%.4f after Holm)", adjusted[i]));
            List<WordErrors> a = List.copyOf(one.result().utterances().values());
            List<WordErrors> b = one.result().utterances().keySet().stream().map(other.result().utterances()::get).toList();
            print(out, "utterances", Bootstrap.paired(a, b, Bootstrap.RESAMPLES, SEED));
            List<String> speakers = one.result().utterances().keySet().stream().map(id -> speakerOf.getOrDefault(id, List.of(id)).getFirst()).toList();
            if (!speakerOf.isEmpty()) {
                print(out, "speakers", Bootstrap.paired(speakers, a, b, Bootstrap.RESAMPLES, SEED));
            }
        }
    }

    private static void print(PrintWriter out, String units, Bootstrap.Result result) {
        out.printf(Locale.ROOT, "bootstrap  %+.2f points of WER [%+.2f, %+.2f], p %.4f, over %d %s%n", result.difference(), result.low(), result.high(),
                result.p(), result.units(), units);
    }

    /// Alignments of `which`, in the utterance order of `order`.
    private static List<List<EditDistance.Step>> alignments(ScoredFile order, ScoredFile which) {
        return order.alignments().keySet().stream().map(which.alignments()::get).toList();
    }
}
