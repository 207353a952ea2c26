package org.hyperhypo.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Checkpoints of one training run in a folder of its own: `checkpoint.safetensors` and the one before, `previous.safetensors`.
///
/// A file holds the network, the optimizer's moments and the [TrainingRun], and says which run it belongs to. It is written to a third name, flushed,
/// and moved, so that a complete file is there whenever the program is killed. Any of them leads to the same result, because training is exact.
final class Checkpoints {
    private static final String FORMAT = "hyperhypo-checkpoint-1";
    /// Examples whose numbers tell one set from another.
    private static final int PROBES = 64;
    private static final String CURRENT = "checkpoint.safetensors";
    private static final String PREVIOUS = "previous.safetensors";
    private static final String NETWORK = "network/";
    private static final String MOMENTS = "moments/";
    private static final int REPORT_FIELDS = 8;

    private final Path folder;
    private final int everySteps;
    private final Network net;
    private final Map<String, String> identity;
    private String last = "no checkpoint was kept";

    Checkpoints(Trainer.Execution execution, Network net, NeuronMask mask, Examples train, Examples heldOut, Trainer.Options options) {
        this.folder = execution.checkpoints();
        this.everySteps = execution.everySteps();
        this.net = net;
        this.identity = folder == null ? Map.of() : identity(net, mask, train, heldOut, options);
    }

    /// What decides a run's result; options are in it with all their components.
    static Map<String, String> identity(Network net, NeuronMask mask, Examples train, Examples heldOut, Trainer.Options options) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("options", options.toString());
        identity.put("network", net.hash());
        identity.put("mask", MaskFile.hash(mask));
        identity.put("examples", describe(train));
        identity.put("held_out", heldOut == null ? "none" : describe(heldOut));
        return identity;
    }

    /// Sizes, and a hash over examples that lie evenly spread: a checkpoint of other data is found out without reading all of it.
    private static String describe(Examples examples) {
        int count = Math.min(PROBES, examples.size());
        int[] index = new int[count];
        for (int i = 0; i < count; i++) {
            index[i] = (int) ((long) i * examples.size() / count);
        }
        float[] x = new float[count * examples.inputSize()];
        int[] labels = new int[count];
        float[] weights = new float[count];
        examples.fill(index, 0, count, x, labels);
        for (int i = 0; i < count; i++) {
            weights[i] = examples.weight(index[i]);
        }
        return examples.size() + " of " + examples.inputSize() + " numbers, "
                + SafeTensors.digest(Map.of(), Map.of("x", Tensor.of(x, x.length), "labels", Tensor.of(labels, labels.length),
                "weights", Tensor.of(weights, weights.length)));
    }

    boolean due(long step) {
        return folder != null && step % everySteps == 0;
    }

    /// What to tell when the run has to stop.
    String lastGood() {
        return last;
    }

    void save(TrainingRun run, OptimizerState state) {
        Map<String, String> text = new TreeMap<>(identity);
        text.put("format", FORMAT);
        text.put("epoch", Integer.toString(run.epoch));
        text.put("step", Integer.toString(run.step));
        text.put("optimizer_steps", Long.toString(state.steps()));
        Map<String, Tensor> tensors = new TreeMap<>();
        for (String name : net.tensorNames()) {
            tensors.put(NETWORK + name, Tensor.of(net.tensor(name), net.tensor(name).length));
        }
        state.moments().forEach((name, moment) -> tensors.put(MOMENTS + name, Tensor.of(moment, moment.length)));
        tensors.put("loss_sum", Tensor.of(new double[] {run.lossSum}, 1));
        tensors.put("reports", reports(run));
        Path next = folder.resolve("next.safetensors");
        try {
            Files.createDirectories(folder);
            SafeTensors.write(next, text, tensors);
            if (Files.exists(folder.resolve(CURRENT))) {
                AtomicFile.move(folder.resolve(CURRENT), folder.resolve(PREVIOUS));
            }
            AtomicFile.move(next, folder.resolve(CURRENT));
        } catch (IOException e) {
            throw new ModelException(folder + ": no checkpoint can be written: " + e, e);
        }
        last = "last good checkpoint: " + folder.resolve(CURRENT) + ", after " + run;
    }

    /// Where to begin: at the start if the folder has no checkpoint; else network and optimizer state are set to what it holds.
    TrainingRun resume(OptimizerState state) {
        if (folder == null || !(Files.exists(folder.resolve(CURRENT)) || Files.exists(folder.resolve(PREVIOUS)))) {
            return new TrainingRun();
        }
        Path file = folder.resolve(CURRENT);
        SafeTensors.Contents contents;
        try {
            contents = read(file);
        } catch (ModelException damaged) {
            file = folder.resolve(PREVIOUS);
            if (!Files.exists(file)) {
                throw damaged;
            }
            contents = read(file);
        }
        checkIdentity(file, contents.metadata());
        TrainingRun run;
        try {
            run = restore(contents, state);
        } catch (ModelException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new ModelException(file + " is no checkpoint of this run: " + e.getMessage(), e);
        }
        last = "last good checkpoint: " + file + ", after " + run;
        return run;
    }

    private static SafeTensors.Contents read(Path file) {
        SafeTensors.Contents contents = SafeTensors.read(file);
        String format = contents.metadata().get("format");
        if (!FORMAT.equals(format) || !contents.checked()) {
            throw new ModelException(file + ": no checkpoint of this program: format is " + format + ", should be " + FORMAT);
        }
        return contents;
    }

    private void checkIdentity(Path file, Map<String, String> found) {
        identity.forEach((name, now) -> {
            if (!now.equals(found.get(name))) {
                throw new ModelException(file + " belongs to another run, whose " + name + " are " + found.get(name) + ", of this run " + now
                        + "; use another folder, or remove this one to begin anew");
            }
        });
    }

    /// All sizes are checked before the first number is taken.
    private TrainingRun restore(SafeTensors.Contents contents, OptimizerState state) {
        Map<String, Tensor> rest = new TreeMap<>(contents.tensors());
        TrainingRun run = new TrainingRun();
        run.epoch = Integer.parseInt(contents.metadata().get("epoch"));
        run.step = Integer.parseInt(contents.metadata().get("step"));
        run.lossSum = take(rest, "loss_sum").doubles()[0];
        readReports(take(rest, "reports").doubles(), run);
        Map<String, float[]> parameters = new TreeMap<>();
        for (String name : net.tensorNames()) {
            float[] values = take(rest, NETWORK + name).floats();
            if (values.length != net.tensor(name).length) {
                throw new ModelException("tensor " + name + " has " + values.length + " numbers, the network's " + net.tensor(name).length);
            }
            parameters.put(name, values);
        }
        Map<String, float[]> moments = new TreeMap<>();
        rest.forEach((name, tensor) -> moments.put(name.substring(MOMENTS.length()), tensor.floats()));
        state.restore(Long.parseLong(contents.metadata().get("optimizer_steps")), moments);
        parameters.forEach((name, values) -> System.arraycopy(values, 0, net.tensor(name), 0, values.length));
        return run;
    }

    private static Tensor take(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.remove(name);
        if (tensor == null) {
            throw new ModelException("tensor " + name + " is missing");
        }
        return tensor;
    }

    private static Tensor reports(TrainingRun run) {
        double[] numbers = new double[REPORT_FIELDS * run.reports.size()];
        int at = 0;
        for (EpochReport r : run.reports) {
            for (double value : new double[] {r.epoch(), r.rate(), r.trainLoss(), r.heldOutLoss(), r.heldOutAccuracy(), r.steps(), r.examples(), r.seconds()}) {
                numbers[at++] = value;
            }
        }
        return Tensor.of(numbers, run.reports.size(), REPORT_FIELDS);
    }

    private static void readReports(double[] v, TrainingRun run) {
        for (int i = 0; i < v.length; i += REPORT_FIELDS) {
            run.reports.add(new EpochReport((int) v[i], v[i + 1], v[i + 2], v[i + 3], v[i + 4], (int) v[i + 5], (long) v[i + 6], v[i + 7]));
        }
    }
}
