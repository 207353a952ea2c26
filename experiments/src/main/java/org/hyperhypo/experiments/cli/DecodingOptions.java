package org.hyperhypo.experiments.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.decode.NgramModel;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import picocli.CommandLine.Option;

/// What may be said, and how the decoder weighs and searches.
final class DecodingOptions {
    @Option(names = "--grammar", defaultValue = "loop", paramLabel = "WHAT",
            description = "loop (any number of words), word (exactly one), or an n-gram model as an ARPA file (default: ${DEFAULT-VALUE}).")
    private String grammar;

    @Option(names = "--lm-scale", defaultValue = "1", paramLabel = "X", description = "Factor on the n-gram model's logs (default: ${DEFAULT-VALUE}).")
    private double lmScale;

    @Option(names = "--scale", paramLabel = "X",
            description = "Acoustic scale (default: ${DEFAULT-VALUE}); a recipe tunes it, see results/tuning.csv of its run.")
    private double scale = middle(RecipeOptions.standard().search().scales());

    @Option(names = "--penalty", defaultValue = "0", paramLabel = "X",
            description = "Added for every word; below 0 means fewer words (default: ${DEFAULT-VALUE}); tuned by a recipe as well.")
    private double penalty;

    @Option(names = "--beam", paramLabel = "X", description = "Paths worse than the best by more are dropped (default: ${DEFAULT-VALUE}).")
    private double beam = RecipeOptions.standard().search().beam();

    @Option(names = "--max-active", paramLabel = "N", description = "Paths kept in a frame at most (default: ${DEFAULT-VALUE}).")
    private int maxActive = RecipeOptions.standard().search().maxActive();

    Recognizer recognizer(StateInventory states, Lexicon lexicon) {
        return new Recognizer(graph(states, lexicon), new DecoderOptions(scale, penalty, beam, maxActive));
    }

    private DecodingGraph graph(StateInventory states, Lexicon lexicon) {
        return switch (grammar) {
            case "loop" -> DecodingGraph.wordLoop(states, lexicon);
            case "word" -> DecodingGraph.singleWord(states, lexicon);
            default -> {
                Path file = Path.of(grammar);
                if (!Files.isRegularFile(file)) {
                    throw new UserError("--grammar " + grammar + ": neither loop nor word nor a file; give one of them or the path of an ARPA file");
                }
                yield DecodingGraph.ngram(states, lexicon, NgramModel.readArpa(file), lmScale, true);
            }
        };
    }

    private static double middle(double[] grid) {
        return grid[grid.length / 2];
    }
}
