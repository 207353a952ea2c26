package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.audio.WholeFile;
import org.hyperhypo.asr.score.AlignmentReport;
import org.hyperhypo.asr.score.Scorer;
import org.hyperhypo.asr.score.Transcripts;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.experiments.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// How many words are wrong.
@Command(name = "score", mixinStandardHelpOptions = true,
        description = {"Compares decoded with reference words: word and sentence error rate, aligned as sclite does.",
            "Files are Kaldi's text, or by their names .trn, .stm (reference) and .ctm (hypothesis).",
            "A hypothesis with confidences (.ctm) also gets its normalised cross entropy (NCE)."},
        footer = {"", "Examples:", "  hyperhypo score data/test/text out/text --utt2spk data/test/utt2spk",
            "  hyperhypo score data/test/text a/text --against b/text"})
final class ScoreCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "REFERENCE", description = "What was said.")
    private Path reference;

    @Parameters(index = "1", paramLabel = "HYPOTHESIS", description = "What the recogniser heard.")
    private Path hypothesis;

    @Option(names = "--missing", defaultValue = "strict", paramLabel = "HOW", description = {"References without a hypothesis:",
        "strict (an error), present (left out) or all (their words count as deleted) (default: ${DEFAULT-VALUE})."})
    private Scorer.Missing missing;

    @Option(names = "--utt2spk", paramLabel = "FILE", description = "Speaker of each utterance: adds a line for each speaker.")
    private Path speakers;

    @Option(names = "--utt2cond", paramLabel = "FILE",
            description = "Condition(s) of each utterance: adds a line for each condition. An .stm has them as labels.")
    private Path conditions;

    @Option(names = "--ignore-case", description = "Take ASCII capitals for small letters, as sclite does.")
    private boolean ignoreCase;

    @Option(names = "--alignment", paramLabel = "FILE", description = "Write the alignment of every utterance there.")
    private Path alignment;

    @Option(names = "--against", split = ",", paramLabel = "FILE",
            description = "Other hypotheses: is the difference real? MAPSSWE as in sc_stats and paired bootstrap, corrected after Holm.")
    private List<Path> others = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ScoredFile.Reference references = ScoredFile.reference(reference, ignoreCase);
        Map<String, List<String>> speakerOf = speakers == null ? references.speakers() : table(speakers, 1);
        Map<String, List<String>> conditionsOf = conditions == null ? references.labels() : table(conditions, Integer.MAX_VALUE);
        ScoredFile scored = ScoredFile.of(references, hypothesis, ignoreCase, missing);
        Scorer.Result result = scored.result();
        if (result.utterances().isEmpty()) {
            throw new UserError(reference + ": no utterance to score; give a text file with at least one line that both files have");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(result.overall().line());
        print(result.by(id -> speakerOf.getOrDefault(id, List.of())));
        print(result.by(id -> conditionsOf.getOrDefault(id, List.of())));
        int utterances = result.utterances().size();
        out.printf(Locale.ROOT, "%%SER %.2f [ %d / %d ]%n", 100.0 * result.wrongUtterances() / utterances, result.wrongUtterances(), utterances);
        if (scored.entropy() != null) {
            double nce = scored.entropy().value();
            out.println("NCE " + (Double.isNaN(nce) ? "undefined" : String.format(Locale.ROOT, "%.3f", nce))
                    + " of the confidences of " + scored.entropy().words() + " words");
        }
        warnOfMissing(result);
        if (alignment != null) {
            writeAlignment(scored);
        }
        if (!others.isEmpty()) {
            List<ScoredFile> all = new ArrayList<>();
            for (Path other : others) {
                all.add(ScoredFile.of(references, other, ignoreCase, missing));
            }
            Comparison.print(out, scored, all, speakerOf);
        }
        return 0;
    }

    private void print(Map<String, WordErrors> groups) {
        groups.forEach((name, errors) -> spec.commandLine().getOut().println(name + " " + errors.line()));
    }

    private void writeAlignment(ScoredFile scored) throws IOException {
        Outputs.file(alignment);
        StringBuilder text = new StringBuilder();
        scored.alignments().forEach((id, steps) -> text.append(AlignmentReport.of(id, steps)));
        WholeFile.write(alignment, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void warnOfMissing(Scorer.Result result) {
        if (!result.missing().isEmpty()) {
            spec.commandLine().getErr().println("hyperhypo: " + result.missing().size() + " references have no hypothesis and "
                    + (missing == Scorer.Missing.ALL ? "count as deleted" : "are left out") + ": "
                    + String.join(" ", result.missing().stream().limit(10).toList()) + (result.missing().size() > 10 ? " ..." : ""));
        }
    }

    /// Utterance to at least one and at most `most` names.
    private static Map<String, List<String>> table(Path file, int most) {
        Map<String, List<String>> result = new LinkedHashMap<>();
        Transcripts.read(file).forEach((utterance, fields) -> {
            if (fields.isEmpty() || fields.size() > most) {
                throw new UserError(file + ": utterance \"" + utterance + "\" has " + fields.size() + (most == 1 ? " speakers " : " conditions ")
                        + List.copyOf(fields) + "; write: " + utterance + (most == 1 ? " <speaker>" : " <condition> ..."));
            }
            result.put(utterance, fields);
        });
        return result;
    }
}
