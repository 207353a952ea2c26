package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hyperhypo.asr.audio.WholeFile;
import org.hyperhypo.asr.decode.Hypothesis;
import org.hyperhypo.asr.decode.Lattice;
import org.hyperhypo.asr.decode.LexiconTree;
import org.hyperhypo.asr.decode.NBest;
import org.hyperhypo.asr.decode.Slf;
import org.hyperhypo.asr.score.Transcripts;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.model.WordTimes;
import org.hyperhypo.experiments.mpi.Dealt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Speech to words.
@Command(name = "decode", mixinStandardHelpOptions = true,
        description = {"Decodes features with a model.", "Writes OUT/text, OUT/text.trn and OUT/words.ctm (start, duration, word, confidence between 0 and 1:",
            "the posterior in the lattice with an n-gram model, the fit of the best path to the sound otherwise)."},
        footer = {"", "Example:", "  hyperhypo decode model.safetensors features/test out \\",
            "      --lexicon lexicon.txt --grammar trigram.arpa --lattices"})
final class DecodeCommand implements Callable<Integer> {
    private static final int PIECE = 2000;

    @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "FEATURES", description = "Folder of features; its transcripts are not looked at.")
    private Path features;

    @Parameters(index = "2", paramLabel = "OUT", description = "Folder to write.")
    private Path out;

    @Option(names = "--lattices", description = "With an n-gram model: also write OUT/lattices/UTTERANCE.slf (HTK's format).")
    private boolean lattices;

    @Option(names = "--nbest", defaultValue = "0", paramLabel = "N",
            description = "With an n-gram model: also write the N best sentences of each utterance to OUT/nbest.txt (utterance, rank, score, words).")
    private int nbest;

    @Mixin
    private LexiconOption lexicon;

    @Mixin
    private DecodingOptions decoding;

    @Spec
    private CommandSpec spec;

    @Mixin
    private MpiOptions.Joined mpi;

    @Override
    public Integer call() throws Exception {
        return mpi.run(spec.commandLine(), this::decode);
    }

    private int decode(MpiOptions.Ranks ranks) throws IOException {
        AcousticModel model = ModelFiles.load(modelFile);
        Recognizer recognizer = decoding.recognizer(model, lexicon.read(model, modelFile));
        FeatureSet set = Inputs.features(features, model);
        if ((lattices || nbest > 0) && !(recognizer.grammar() instanceof LexiconTree)) {
            throw new UserError("--lattices and --nbest need an n-gram model; give one with --grammar FILE.arpa");
        }
        Outputs.folder(lattices ? out.resolve("lattices") : out);

        long start = System.nanoTime();
        List<FeatureSet> pieces = pieces(set);
        List<Heard> heard = new ArrayList<>();
        Dealt.inOrder(ranks.peers(), pieces.size(), Heard.class, piece -> decode(pieces.get(piece), model, recognizer), heard::add);
        double seconds = (System.nanoTime() - start) * 1e-9;
        ranks.leave().run();
        if (!ranks.first()) {
            return 0;
        }
        List<List<Heard.Word>> words = heard.stream().<List<Heard.Word>>flatMap(piece -> piece.utterances().stream()).toList();
        List<Failure> failures = heard.stream().flatMap(piece -> piece.failures().stream()).toList();
        write(set, words, model);
        if (nbest > 0) {
            WholeFile.write(out.resolve("nbest.txt"), heard.stream().map(Heard::sentences).collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8));
        }

        double speech = set.frames() * model.features().options().shiftMillis() / 1000;
        int processes = ranks.peers().size();
        spec.commandLine().getOut().printf(Locale.ROOT, "%s: %d words; %.1f s of speech in %.1f s on %s, real-time factor %.3f%n", out,
                words.stream().mapToInt(List::size).sum(), speech, seconds, processes == 1 ? "one thread" : processes + " processes", seconds / speech);
        return Failures.report(set.size() - failures.size(), failures, spec.commandLine().getOut());
    }

    /// Utterances that are decoded in one go, about [#PIECE] frames.
    private static List<FeatureSet> pieces(FeatureSet set) {
        List<FeatureSet> pieces = new ArrayList<>();
        int[] starts = set.starts();
        int from = 0;
        for (int u = 1; u <= set.size(); u++) {
            if (u == set.size() || starts[u] - starts[from] >= PIECE) {
                pieces.add(new FeatureSet(set.entries().subList(from, u)));
                from = u;
            }
        }
        return pieces;
    }

    private Heard decode(FeatureSet piece, AcousticModel model, Recognizer recognizer) {
        List<Failure> failures = new ArrayList<>();
        StringBuilder sentences = new StringBuilder();
        List<Hypothesis> hypotheses = recognizer.decode(model.score(piece), new Recognizer.Listener() {
            @Override
            public void failed(int u, String reason) {
                failures.add(new Failure("decoding", piece.entries().get(u).id(), reason));
            }

            @Override
            public void lattice(int u, Lattice lattice) {
                keep(piece.entries().get(u).id(), lattice, model, sentences, failures);
            }
        });
        return Heard.of(hypotheses, sentences.toString(), failures);
    }

    private void keep(String id, Lattice lattice, AcousticModel model, StringBuilder sentences, List<Failure> failures) {
        if (lattices) {
            try {
                Slf.write(out.resolve("lattices").resolve(id + ".slf"), id, lattice, model.features().options().shiftMillis() / 1000);
            } catch (IOException e) {
                failures.add(new Failure("lattice", id, e.toString()));
            }
        }
        int rank = 0;
        for (NBest.Sentence sentence : nbest > 0 ? NBest.of(lattice, nbest) : List.<NBest.Sentence>of()) {
            sentences.append(String.format(Locale.ROOT, "%s %d %.3f %s%n", id, ++rank, sentence.score(), String.join(" ", sentence.words())));
        }
    }

    private void write(FeatureSet set, List<List<Heard.Word>> heard, AcousticModel model) throws IOException {
        Map<String, List<String>> text = new LinkedHashMap<>();
        WordTimes times = new WordTimes(model.features().options());
        for (int u = 0; u < set.size(); u++) {
            String id = set.entries().get(u).id();
            text.put(id, heard.get(u).stream().map(Heard.Word::word).toList());
            for (Heard.Word word : heard.get(u)) {
                times.add(id, word.start(), word.end(), word.word(), word.confidence());
            }
        }
        times.write(out.resolve("words.ctm"));
        Transcripts.write(out.resolve("text"), text);
        Transcripts.write(out.resolve("text.trn"), text);
    }
}
