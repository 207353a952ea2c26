package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.ark.Archive;
import org.hyperhypo.asr.ark.ArchiveWriter;
import org.hyperhypo.asr.ark.FloatMatrix;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.ModelFiles;
import org.hyperhypo.experiments.mpi.Dealt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A model's scores for another decoder.
@Command(name = "scores", mixinStandardHelpOptions = true,
        description = {"Writes the state scores of a model as a Kaldi archive: log p(state | frame) - log p(state), a row a frame, a column a state.",
            "Kaldi's latgen-faster-mapped takes it in place of its own network's output; column n is pdf n."},
        footer = {"", "Example:", "  hyperhypo scores model.safetensors features/test out/scores.ark"})
final class ScoresCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "FEATURES", description = "Folder of features.")
    private Path features;

    @Parameters(index = "2", paramLabel = "ARK", description = "Archive to write; its index goes beside it as .scp.")
    private Path ark;

    @Spec
    private CommandSpec spec;

    @Mixin
    private MpiOptions.Joined mpi;

    @Override
    public Integer call() throws Exception {
        return mpi.run(spec.commandLine(), this::score);
    }

    private int score(MpiOptions.Ranks ranks) throws IOException {
        AcousticModel model = ModelFiles.load(modelFile);
        FeatureSet set = Inputs.features(features, model);
        Path scp = ark.resolveSibling(ark.getFileName().toString().replaceFirst("\\.ark$", "") + ".scp");
        try (ArchiveWriter<FloatMatrix> out = ranks.first() ? Archive.FLOAT_MATRICES.writer(Outputs.file(ark), scp) : null) {
            int[] next = {0};
            Dealt.inOrder(ranks.peers(), set.size(), float[].class, u -> model.score(new FeatureSet(List.of(set.entries().get(u)))).utterances().getFirst().values(),
                    values -> {
                        FeatureSet.Entry entry = set.entries().get(next[0]++);
                        if (out != null) {
                            put(out, entry, model.states().size(), values);
                        }
                    });
            ranks.leave().run();
            if (out == null) {
                return 0;
            }
            out.finish();
        }
        spec.commandLine().getOut().println(ark + ": utterances " + set.size() + ", frames " + set.frames() + ", states " + model.states().size());
        return 0;
    }

    private static void put(ArchiveWriter<FloatMatrix> out, FeatureSet.Entry entry, int states, float[] values) {
        try {
            out.put(entry.id(), new FloatMatrix(entry.frames(), states, values));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
