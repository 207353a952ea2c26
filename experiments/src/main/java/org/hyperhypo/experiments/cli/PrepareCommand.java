package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.data.Problem;
import org.hyperhypo.asr.prepare.Corpora;
import org.hyperhypo.asr.prepare.Prepared;
import org.hyperhypo.experiments.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A download to data folders.
@Command(name = "prepare", mixinStandardHelpOptions = true,
        description = {"Makes data folders of a corpus that was downloaded and unpacked.", "Nothing is downloaded or copied: wav.scp names the files where they are."},
        footer = {"", "Example:", "  hyperhypo prepare librispeech corpora/LibriSpeech data/librispeech"})
final class PrepareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "KIND", completionCandidates = Kinds.class, description = "One of ${COMPLETION-CANDIDATES}.")
    private String kind;

    @Parameters(index = "1", paramLabel = "SOURCE", description = "Folder that the corpus was unpacked to.")
    private Path source;

    @Parameters(index = "2", paramLabel = "OUT", description = "Folder to write: a data folder for each set, and lexicon.txt where the corpus has one.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Prepared prepared = Corpora.of(kind).read(source);
        prepared.write(Outputs.folder(out));
        int[] utterances = {0};
        prepared.sets().forEach((set, data) -> {
            utterances[0] += data.utterances().size();
            spec.commandLine().getOut().println(out.resolve(set) + ": utterances " + data.utterances().size() + ", speakers " + data.bySpeaker().size()
                    + ", words " + data.utterances().stream().mapToInt(u -> u.words().size()).sum());
        });
        spec.commandLine().getOut().println(prepared.lexicon().isEmpty() ? "no lexicon in this corpus; write " + out.resolve("lexicon.txt")
                : out.resolve("lexicon.txt") + ": pronunciations " + prepared.lexicon().size());
        List<Failure> failures = new ArrayList<>();
        for (Problem problem : prepared.problems()) {
            failures.add(new Failure("prepare", problem.file() + (problem.line() > 0 ? ":" + problem.line() : ""), problem.message()));
        }
        return Failures.report(utterances[0], failures, spec.commandLine().getOut());
    }

    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Corpora.ALL.stream().map(Corpora.Kind::name).iterator();
        }
    }
}
