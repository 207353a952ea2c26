package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.audio.WholeFile;
import org.hyperhypo.asr.decode.NgramModel;
import org.hyperhypo.asr.decode.NgramTrainer;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.score.Transcripts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A language model from transcripts.
@Command(name = "ngram", mixinStandardHelpOptions = true,
        description = {"Estimates an n-gram model from the words of a text file and writes it in ARPA form, for decode --grammar.",
            "Absolute discounting with back-off, for small texts; larger models come from other tools."},
        footer = {"", "Example:", "  hyperhypo ngram data/train/text bigram.arpa --lexicon lexicon.txt --order 2"})
final class NgramCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TEXT", description = "Sentences: a Kaldi text or .trn file.")
    private Path text;

    @Parameters(index = "1", paramLabel = "ARPA", description = "File to write.")
    private Path arpa;

    @Option(names = "--lexicon", required = true, paramLabel = "FILE", description = "The words the model knows.")
    private Path lexicon;

    @Option(names = "--order", defaultValue = "2", paramLabel = "N", description = "1 to 5 (default: ${DEFAULT-VALUE}).")
    private int order;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (order < 1 || order > 5) {
            throw new ParameterException(spec.commandLine(), "--order " + order + ": must lie between 1 and 5");
        }
        String model = NgramTrainer.arpa(List.copyOf(Transcripts.read(text).values()), Lexicon.read(lexicon).words(), order);
        WholeFile.write(Outputs.file(arpa), model.getBytes(StandardCharsets.UTF_8));
        spec.commandLine().getOut().println(arpa + ": " + NgramModel.readArpa(arpa));
        return 0;
    }
}
