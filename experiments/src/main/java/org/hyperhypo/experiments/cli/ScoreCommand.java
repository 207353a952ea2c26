package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.score.Scorer;
import org.hyperhypo.asr.score.Transcripts;
import org.hyperhypo.experiments.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// How many words are wrong.
@Command(name = "score", mixinStandardHelpOptions = true,
        description = {"Compares decoded with reference text: word and sentence error rate.", "With --utt2spk also for each speaker."},
        footer = {"", "Example:", "  hyperhypo score data/test/text out/text --utt2spk data/test/utt2spk"})
final class ScoreCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "REFERENCE", description = "Text file: utterance and words on each line.")
    private Path reference;

    @Parameters(index = "1", paramLabel = "HYPOTHESIS", description = "Text file of the recogniser.")
    private Path hypothesis;

    @Option(names = "--missing", defaultValue = "strict", paramLabel = "HOW", description = {"References without a hypothesis:",
        "strict (an error), present (left out) or all (their words count as deleted) (default: ${DEFAULT-VALUE})."})
    private Scorer.Missing missing;

    @Option(names = "--utt2spk", paramLabel = "FILE", description = "Speaker of each utterance: adds a line for each speaker.")
    private Path speakers;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> speakerOf = speakers == null ? Map.of() : speakers();
        Scorer.Result result = Scorer.score(Transcripts.read(reference), Transcripts.read(hypothesis), speakerOf, missing);
        if (result.utterances().isEmpty()) {
            throw new UserError(reference + ": no utterance to score; give a text file with at least one line that both files have");
        }
        if (speakers == null) {
            out.println(result.overall().line());
        } else {
            out.println(result.text());
        }
        int utterances = result.utterances().size();
        out.printf(Locale.ROOT, "%%SER %.2f [ %d / %d ]%n", 100.0 * result.wrongUtterances() / utterances, result.wrongUtterances(), utterances);
        if (!result.missing().isEmpty()) {
            spec.commandLine().getErr().println("hyperhypo: " + result.missing().size() + " references have no hypothesis and "
                    + (missing == Scorer.Missing.ALL ? "count as deleted" : "are left out") + ": "
                    + String.join(" ", result.missing().stream().limit(10).toList()) + (result.missing().size() > 10 ? " ..." : ""));
        }
        return 0;
    }

    private Map<String, String> speakers() {
        Map<String, String> result = new LinkedHashMap<>();
        Transcripts.read(speakers).forEach((utterance, fields) -> {
            if (fields.size() != 1) {
                throw new UserError(speakers + ": utterance \"" + utterance + "\" has " + fields.size() + " speakers " + List.copyOf(fields)
                        + "; write: " + utterance + " <speaker>");
            }
            result.put(utterance, fields.getFirst());
        });
        return result;
    }
}
