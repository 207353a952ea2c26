package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.decode.Hypothesis;
import org.hyperhypo.asr.score.Transcripts;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.Ctm;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.model.Recognizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Speech to words.
@Command(name = "decode", mixinStandardHelpOptions = true,
        description = {"Decodes features with a model.", "Writes OUT/text and OUT/words.ctm (start, duration, word, confidence between 0 and 1)."},
        footer = {"", "Example:", "  hyperhypo decode model.safetensors features/test out \\",
            "      --lexicon lexicon.txt --scale 0.5 --penalty -10"})
final class DecodeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "FEATURES", description = "Folder of features; its transcripts are not looked at.")
    private Path features;

    @Parameters(index = "2", paramLabel = "OUT", description = "Folder to write.")
    private Path out;

    @Mixin
    private LexiconOption lexicon;

    @Mixin
    private DecodingOptions decoding;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        AcousticModel model = ModelFiles.load(modelFile);
        Recognizer recognizer = decoding.recognizer(model.states(), lexicon.read(model, modelFile));
        FeatureSet set = Inputs.features(features, model);
        Outputs.folder(out);

        List<Failure> failures = new ArrayList<>();
        long start = System.nanoTime();
        List<Hypothesis> hypotheses = recognizer.decode(model.score(set),
                (u, reason) -> failures.add(new Failure("decoding", set.entries().get(u).id(), reason)));
        double seconds = (System.nanoTime() - start) * 1e-9;
        write(set, hypotheses, model);

        double speech = set.frames() * model.features().options().shiftMillis() / 1000;
        spec.commandLine().getOut().printf(Locale.ROOT, "%s: %d words; %.1f s of speech in %.1f s on one thread, real-time factor %.3f%n", out,
                hypotheses.stream().mapToInt(hypothesis -> hypothesis.words().size()).sum(), speech, seconds, seconds / speech);
        return Failures.report(set.size() - failures.size(), failures, spec.commandLine().getOut());
    }

    private void write(FeatureSet set, List<Hypothesis> hypotheses, AcousticModel model) throws IOException {
        Map<String, List<String>> text = new LinkedHashMap<>();
        Ctm times = new Ctm(model.features().options());
        for (int u = 0; u < set.size(); u++) {
            String id = set.entries().get(u).id();
            text.put(id, hypotheses.get(u).text());
            for (Hypothesis.Word word : hypotheses.get(u).words()) {
                times.add(id, word.start(), word.end(), word.word(), word.confidence());
            }
        }
        times.write(out.resolve("words.ctm"));
        Transcripts.write(out.resolve("text"), text);
    }
}
