package org.hyperhypo.experiments.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.decode.Grammar;
import org.hyperhypo.asr.decode.LexiconTree;
import org.hyperhypo.asr.decode.NgramModel;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import picocli.CommandLine.Option;

/// What may be said, and how the decoder weighs and searches.
final class DecodingOptions {
    private static final double[] SCALES = RecipeOptions.standard().search().scales();

    @Option(names = "--grammar", defaultValue = "loop", paramLabel = "WHAT",
            description = "loop (any number of words), word (exactly one), or an n-gram model as an ARPA file (default: ${DEFAULT-VALUE}).")
    private String grammar;

    @Option(names = "--lm-scale", defaultValue = "1", paramLabel = "X", description = "Factor on the n-gram model's logs (default: ${DEFAULT-VALUE}).")
    private double lmScale;

    @Option(names = "--scale", paramLabel = "X",
            description = "Acoustic scale (default: the one the model was tuned to, otherwise 0.5).")
    private Double scale;

    @Option(names = "--penalty", paramLabel = "X",
            description = "Added for every word; below 0 means fewer words (default: the one the model was tuned to, otherwise 0).")
    private Double penalty;

    @Option(names = "--beam", paramLabel = "X", description = "Paths worse than the best by more are dropped (default: ${DEFAULT-VALUE}).")
    private double beam = RecipeOptions.standard().search().beam();

    @Option(names = "--max-active", paramLabel = "N", description = "Paths kept in a frame at most (default: ${DEFAULT-VALUE}).")
    private int maxActive = RecipeOptions.standard().search().maxActive();

    Recognizer recognizer(AcousticModel model, Lexicon lexicon) {
        AcousticModel.Weights tuned = model.weights() != null ? model.weights() : new AcousticModel.Weights(SCALES[SCALES.length / 2], 0);
        return new Recognizer(grammar(model.states(), lexicon), new DecoderOptions(scale != null ? scale : tuned.acousticScale(),
                penalty != null ? penalty : tuned.wordPenalty(), beam, maxActive));
    }

    private Grammar grammar(StateInventory states, Lexicon lexicon) {
        return switch (grammar) {
            case "loop" -> DecodingGraph.wordLoop(states, lexicon);
            case "word" -> DecodingGraph.singleWord(states, lexicon);
            default -> {
                Path file = Path.of(grammar);
                if (!Files.isRegularFile(file)) {
                    throw new UserError("--grammar " + grammar + ": neither loop nor word nor a file; give one of them or the path of an ARPA file");
                }
                yield LexiconTree.of(states, lexicon, NgramModel.readArpa(file), lmScale, true);
            }
        };
    }
}
