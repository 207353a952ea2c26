package org.hyperhypo.experiments.mpi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.hyperhypo.engine.Adam;
import org.hyperhypo.engine.Examples;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.engine.Trainer;

/// What the ranks of a test job run: a small training, with a checkpoint after every fifth step where a folder is given.
///
/// Arguments: reduction, patience in seconds, folder for a file with each rank's process number, folder of checkpoints or "-", rank that fails or −1.
final class MpiProgram {
    static final int EPOCHS = 30;
    private static final NetworkSpec SPEC = NetworkSpec.input(1, 6, 5).conv(4, 3, 2).sigmoid().dense(16).sigmoid().dense(12).tanh().dense(5).softmax();

    /// More numbers than one bucket of two, three or four processes holds.
    private static final NetworkSpec WIDE = NetworkSpec.input(1, 6, 5).dense(1200).sigmoid().dense(1000).sigmoid().dense(5).softmax();

    private MpiProgram() {
    }

    public static void main(String[] arguments) throws Exception {
        System.exit(MpiJob.run(Duration.ofSeconds(Integer.parseInt(arguments[1])), Reduction.valueOf(arguments[0]), Throwable::getMessage, System.err, member -> {
            Peers peers = member.peers();
            announce(Path.of(arguments[2]), peers.rank());
            Trainer.Execution execution = Trainer.Execution.standard().withPeers(peers);
            Path checkpoints = Path.of(arguments[3]);
            String hash = train(arguments[3].equals("-") ? execution : execution.withCheckpoints(checkpoints, 5),
                    peers.rank() == Integer.parseInt(arguments[4]) ? 40 : Integer.MAX_VALUE);
            member.leave();
            if (peers.rank() == 0) {
                System.out.println("hash " + hash + " of " + peers.size());
            }
            return 0;
        }));
    }

    /// The network that all must come to; the examples cannot be read any more after `fills` calls.
    static String train(Trainer.Execution execution, int fills) {
        Network net = Network.initialised(SPEC, 3);
        NeuronMask mask = NeuronMask.all(SPEC);
        Trainer.train(net, mask, examples(fills), null, Trainer.Options.of(Adam.standard(), 0.01, EPOCHS, 16, 7).withShards(4), execution, _ -> { });
        Trainer.train(net, NeuronMask.layers(SPEC, "fc2", "output"), examples(Integer.MAX_VALUE), examples(Integer.MAX_VALUE),
                Trainer.Options.of(Adam.standard(), 0.01, 3, 16, 7).withShards(8), execution.withCheckpoints(null, 0), _ -> { });
        Network wide = Network.initialised(WIDE, 3);
        Trainer.train(wide, NeuronMask.all(WIDE), examples(Integer.MAX_VALUE), null, Trainer.Options.of(Adam.standard(), 0.01, 1, 50, 7).withShards(4),
                execution.withCheckpoints(null, 0), _ -> { });
        return net.hash() + wide.hash();
    }

    /// 100 examples: 7 steps an epoch.
    private static Examples examples(int fills) {
        SplittableRandom random = new SplittableRandom(11);
        float[] x = new float[100 * SPEC.input().size()];
        int[] labels = new int[100];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextDouble(-1, 1);
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(5);
        }
        Examples all = Examples.of(x, labels, SPEC.input().size());
        int[] left = {fills};
        return new Examples() {
            @Override
            public int size() {
                return all.size();
            }

            @Override
            public int inputSize() {
                return all.inputSize();
            }

            @Override
            public void fill(int[] index, int from, int count, float[] into, int[] theirLabels) {
                if (--left[0] < 0) {
                    throw new IllegalStateException("the disk is gone");
                }
                all.fill(index, from, count, into, theirLabels);
            }
        };
    }

    private static void announce(Path folder, int rank) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("rank-" + rank), Long.toString(ProcessHandle.current().pid()));
    }
}
