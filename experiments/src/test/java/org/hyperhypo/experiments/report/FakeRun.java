package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Invented results with the shape of a real run, to drive the report: nothing here was measured.
final class FakeRun {
    static final List<String> LAYERS = List.of("fc1", "fc2", "fc3", "fc4");
    private static final int REPLICATES = 2;
    private static final Map<String, Double> TARGETS = new LinkedHashMap<>();

    static {
        TARGETS.put("noise", 0.21);
        TARGETS.put("reverberation", 0.31);
        TARGETS.put("telephone", 0.16);
    }

    /// Planted differences in points: the sign and size of A7−A1, A7−A9, A7−A8, A6−A3 and best removal − A0.
    enum Scenario {
        YES(-0.9, -0.8, -0.7, -0.8, -0.9), NO(0.9, 0.8, 0.1, 0.7, 1.4), MIXED(-0.8, -0.2, -0.1, -0.9, 0.2),
            CANNOT_TELL(-0.25, 0.15, 0.1, -0.1, -0.05);

        final double[] points;

        Scenario(double... points) {
            this.points = points;
        }
    }

    private final Path results;
    private final SplittableRandom random;

    private final int width;

    private FakeRun(Path folder, int width, long seed) {
        this.results = folder.resolve("results");
        this.width = width;
        this.random = new SplittableRandom(seed);
    }

    /// `width` neurons per layer; below 100 the sweeps are short too.
    static void write(Path folder, Scenario scenario, int width, long seed) throws IOException {
        FakeRun fake = new FakeRun(folder, width, seed);
        Map<String, String> options = new LinkedHashMap<>();
        options.put("recipe", "digits");
        options.put("speech", "synthetic");
        options.put("layers", "4 x 256 sigmoid");
        options.put("optimizer", "SGD momentum 0.9, rate 0.1, halving");
        options.put("initial FC weights", "Glorot sigmoid x 2");
        Map<String, Double> stages = new LinkedHashMap<>();
        String[] names = {"corpus", "features", "training", "tuning", "neurons", "removal", "adaptation", "report"};
        for (int i = 0; i < names.length; i++) stages.put(names[i], 3.1 + 11.7 * (i * 5 % 8));
        new RunRecord("experiments/bin/hyperhypo recipe digits --seed " + seed, options, seed,
            "0123456789abcdef0123456789abcdef01234567", "clean", "Invented CPU @ 2.50GHz", 2,
            "OpenJDK 64-Bit Server VM 25.0.3+9", "vector, 256 bit, 8 float lanes, FMA", "2026-11-22T12:00:00Z", stages).write(folder);
        fake.model();
        fake.neurons();
        fake.removal();
        fake.adaptation(scenario);
        fake.data();
    }

    private double noise(double size) {
        return size * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
    }

    private void write(Csv table, String name) throws IOException {
        table.write(results.resolve(name + ".csv"));
    }

    private void model() throws IOException {
        Csv training = new Csv("replicate", "epoch", "rate", "train_loss", "held_out_loss", "held_out_accuracy", "seconds");
        Csv tuning = new Csv("replicate", "scale", "penalty", "words", "errors", "wer", "chosen");
        for (int replicate = 1; replicate <= REPLICATES; replicate++) {
            for (int epoch = 1; epoch <= 8; epoch++) {
                double loss = 0.42 + 2.6 * Math.exp(-epoch / 1.8) + noise(0.02);
                training.add(replicate, epoch, 0.1 / (1 << Math.max(0, epoch - 4)), loss, loss + 0.06 + 0.008 * epoch,
                    0.88 - 0.17 * loss, 4.1 + noise(0.2));
            }
            for (double scale : new double[] {0.3, 0.5, 0.7, 1}) {
                for (int penalty : new int[] {-40, -30, -20, -10, -5, 0, 5}) {
                    double wer = 18 + 9 * Math.pow(scale - 0.6, 2) * 4 + Math.pow((penalty + 16) / 9.0, 2) + noise(0.4);
                    tuning.add(replicate, scale, penalty, 1200, Math.round(12 * wer), wer, scale == 0.5
                        && penalty == (replicate == 1 ? -20 : -10));
                }
            }
        }
        Csv alignment = new Csv("round", "frame_agreement", "mean_boundary_ms", "within_20ms");
        for (int round = 0; round <= 4; round++) alignment.add(round, 0.91 - 0.4 * Math.exp(-round), 12 + 60 * Math.exp(-round),
            0.88 - 0.6 * Math.exp(-round));
        write(training, "training");
        write(tuning, "tuning");
        write(alignment, "alignment");
    }

    private void neurons() throws IOException {
        Csv neurons = new Csv("replicate", "layer", "neuron", "kind", "rate", "mean", "sd", "min", "max", "entropy", "rate_initial",
            "movement", "in_norm", "out_norm", "shift_signed");
        Csv saturation = new Csv("replicate", "model", "condition", "layer", "width", "hypo", "hyper");
        Csv compact = new Csv("replicate", "set", "share", "mode", "parameters_before", "parameters_after", "flops_before",
            "flops_after", "micros_before", "micros_after", "max_difference");
        for (int replicate = 1; replicate <= REPLICATES; replicate++) {
            for (String layer : LAYERS) {
                int hypo = 0;
                int hyper = 0;
                for (int n = 0; n < width; n++) {
                    double z = noise(2.6) - 0.1;
                    double rate = 1 / (1 + Math.exp(-2.2 * z));
                    boolean low = rate <= 0.05;
                    boolean high = rate >= 0.95;
                    hypo += low ? 1 : 0;
                    hyper += high ? 1 : 0;
                    String kind = low ? "hypo" : high ? "hyper" : Math.abs(rate - 0.45) < 0.12 ? "middle" : "other";
                    double initial = low || high ? rate : Math.clamp(rate + noise(0.25), 0, 1);
                    double mean = Math.clamp(0.05 + 0.9 * rate + noise(0.06), 0, 1);
                    neurons.add(replicate, layer, n, kind, rate, mean, Math.sqrt(mean * (1 - mean)) * (0.8 + noise(0.1)), 0, 1, 0.5,
                        initial,
                        (low || high ? 0.03 : 0.5) * Math.exp(noise(0.6)), 8 + noise(1), 3 + noise(1), noise(0.5));
                }
                saturation.add(replicate, "initial", "in-domain", layer, width, hypo + 2, hyper + 1);
                saturation.add(replicate, "trained", "in-domain", layer, width, hypo, hyper);
                for (String arm : List.of("A1", "A6", "A7", "A9")) {
                    for (String target : TARGETS.keySet()) saturation.add(replicate, arm, target, layer, width,
                        Math.max(0, hypo - random.nextInt(9)), Math.max(0, hyper - random.nextInt(7)));
                }
            }
            for (double share : new double[] {0.05, 0.1, 0.2, 0.3}) {
                double left = 1 - share;
                compact.add(replicate, "both", share, "mean-fold", 640_000, Math.round(640_000 * left * left), 2_600_000,
                    Math.round(2_600_000 * left), 41.2, 41.2 * left + 2, 2.4e-7);
            }
        }
        criteria();
        write(neurons, "neurons");
        write(saturation, "saturation");
        write(compact, "compact");
    }

    private void criteria() throws IOException {
        Csv criteria = new Csv("replicate", "criterion", "formula", "layer", "kind", "neurons", "tail", "auc", "auc_p", "null_low", "null_high", "overlap",
            "expected", "precision", "overlap_p", "spearman_rate", "spearman_extreme");
        Csv shift = new Csv("replicate", "condition", "layer", "kind", "neurons", "mean_abs_shift", "mean_divergence");
        Csv layers = new Csv("replicate", "layer", "neurons", "diversity", "diversity_initial", "windowed_entropy");
        Csv cards = new Csv("replicate", "layer", "neuron", "kind", "rate", "mean", "sd", "r2", "states", "rank", "utterance", "frame", "state", "output",
            "bands", "patch");
        int bands = width < 100 ? 6 : 40;
        List<String> all = new ArrayList<>(LAYERS);
        all.add("all");
        for (int replicate = 1; replicate <= REPLICATES; replicate++) {
            for (String kind : List.of("hypo", "hyper")) {
                for (String layer : all) {
                    for (String criterion : List.of("activity_rate", "in_norm", "firing_entropy")) {
                        double auc = criterion.equals("in_norm") ? 0.5 + noise(0.05) : 0.99;
                        criteria.add(replicate, criterion, "invented", layer, kind, width, width / 10, auc, auc > 0.9 ? 0.001 : 0.4, 0.4, 0.6, width / 12, width / 100.0,
                            0.8, 0.001, 0.9, -0.1);
                    }
                }
                for (String layer : LAYERS) {
                    for (String target : TARGETS.keySet()) shift.add(replicate, target, layer, kind, width / 10, 0.4 + noise(0.1), 0.1);
                    for (int rank = 1; rank <= 4; rank++) {
                        String patch = random.ints((width < 100 ? 4 : 17) * bands, 0, 11).mapToObj(i -> Integer.toString(i, 11)).collect(Collectors.joining());
                        cards.add(replicate, layer, 3, kind, 0.01, 0.1, 0.05, 0.3, "AH.2 0.4; S.1 0.3", rank, "s01-" + rank, 20 * rank, "AH.2", 0.9, bands, patch);
                    }
                }
            }
            for (String layer : LAYERS) layers.add(replicate, layer, width, 0.95, 0.97, 0.6);
        }
        write(criteria, "criteria");
        write(shift, "shift");
        write(layers, "layers");
        write(cards, "cards");
    }

    private void removal() throws IOException {
        Csv removal = new Csv("replicate", "set", "layer", "share", "mode", "draw", "removed", "condition", "words", "errors", "wer",
            "frame_accuracy", "cross_entropy");
        Map<String, Double> conditions = new LinkedHashMap<>();
        conditions.put("in-domain", 0.02);
        conditions.putAll(TARGETS);
        for (int replicate = 1; replicate <= REPLICATES; replicate++) {
            for (var condition : conditions.entrySet()) {
                remove(removal, replicate, "none", 0, "none", 0, condition, 0);
                for (String mode : List.of("zero", "mean-fold")) {
                    for (double share : width < 100 ? new double[] {0.1} : new double[] {0.01, 0.02, 0.05, 0.1, 0.2, 0.3}) {
                        double fold = mode.equals("zero") ? 1 : 0.1;
                        remove(removal, replicate, "hypo", share, mode, 0, condition, share * 0.05);
                        remove(removal, replicate, "hyper", share, mode, 0, condition, share * 1.6 * fold);
                        remove(removal, replicate, "both", share, mode, 0, condition, share * 0.8 * fold);
                        remove(removal, replicate, "middle", share, mode, 0, condition, share * (0.5 + 0.4 * fold));
                        for (int draw = 0; draw < 5; draw++) remove(removal, replicate, "random", share, mode, draw, condition,
                            share * (0.5 + 0.5 * fold) * (1 + noise(0.4)));
                    }
                }
            }
        }
        write(removal, "removal");
    }

    private void remove(Csv table, int replicate, String set, double share, String mode, int draw, Map.Entry<String, Double> condition,
        double harm) {
        double wer = condition.getValue() + harm * (0.4 + condition.getValue()) + noise(0.002);
        long errors = Math.max(0, Math.round(2000 * wer));
        table.add(replicate, set, "all", share, mode, draw, Math.round(share * width * LAYERS.size()), condition.getKey(), 2000, errors,
            errors / 20.0, 0.8 - harm, 0.6 + harm);
    }

    private void adaptation(Scenario scenario) throws IOException {
        Csv adaptation = new Csv("replicate", "condition", "arm", "draw", "neurons", "parameters", "rate", "epochs", "words", "sub",
            "del", "ins", "errors", "wer", "source_words", "source_errors",
            "source_wer", "hypo", "hyper", "seconds", "moment_bytes");
        Csv intervals = new Csv("arm", "condition", "wer", "low", "high");
        double[] p = scenario.points;
        Map<String, Double> gains = new LinkedHashMap<>();
        gains.put("A0", 0.0);
        gains.put("A1", -5.0);
        gains.put("A2-fc", -4.4);
        gains.put("A3", -3.0);
        gains.put("A6", -3.0 + p[3]);
        gains.put("A7", -5.0 + p[0]);
        gains.put("A8", -5.0 + p[0] - p[2]);
        gains.put("A9", -5.0 + p[0] - p[1]);
        gains.put("A10", -5.1);
        gains.put("A15", -9.0);
        for (var gain : gains.entrySet()) {
            String arm = gain.getKey();
            double total = 0;
            for (var target : TARGETS.entrySet()) {
                double wer = target.getValue() + gain.getValue() / 100 * target.getValue() / 0.22;
                total += wer / TARGETS.size();
                intervals.add(arm, target.getKey(), 100 * wer, 100 * wer - 1.4, 100 * wer + 1.5);
                for (int replicate = 1; replicate <= REPLICATES; replicate++) {
                    for (int draw = 0; draw < (arm.equals("A3") || arm.equals("A8") ? 3 : 1); draw++) {
                        long errors = Math.round(2400 * (wer + noise(0.01)));
                        boolean all = !arm.matches("A3|A6|A0");
                        double source = 0.021 + (arm.equals("A0") ? 0 : all ? 0.011 : 0.004);
                        adaptation.add(replicate, target.getKey(), arm, draw, arm.equals("A0") ? 0 : all ? 1132 : 268, arm.equals("A0")
                            ? 0 : all ? 742_188 : 171_520,
                            arm.equals("A0") ? "" : all ? arm.matches("A7|A8|A10") ? "0.3 then 0.03" : "0.03" : "0.3", arm.equals("A0")
                            ? 0 : arm.matches("A1|A2-fc|A3|A6|A15") ? 3 : 6, 2400,
                            errors - errors / 3 - errors / 5, errors / 3, errors / 5, errors, errors / 24.0, 2400,
                            Math.round(2400 * source), 100 * source, 148 - (all ? 20 : 12), 117 - (all ? 18 : 9),
                            arm.equals("A0") ? 0 : all ? 2.1 + noise(0.1) : 0.9 + noise(0.1), arm.equals("A0") ? 0 : 1_300_000);
                    }
                }
            }
            intervals.add(arm, "all", 100 * total, 100 * total - 0.8, 100 * total + 0.8);
        }
        write(adaptation, "adaptation");
        write(intervals, "intervals");
        Csv contrasts = new Csv("contrast", "condition", "difference", "low", "high", "p", "replicates", "words");
        List<String> names = new ArrayList<>(Contrast.DECLARED);
        for (int i = 0; i < names.size(); i++) contrast(contrasts, names.get(i), p[i], 0.42);
        for (var gain : gains.entrySet()) if (!gain.getKey().equals("A0")) contrast(contrasts, gain.getKey() + "-A0", gain.getValue(), 0.6);
        write(contrasts, "contrasts");
    }

    private void contrast(Csv table, String name, double points, double half) {
        List<String> conditions = new ArrayList<>(List.of("all"));
        conditions.addAll(TARGETS.keySet());
        for (String condition : conditions) {
            boolean all = condition.equals("all");
            double d = all ? points : points + noise(0.3);
            double h = all ? half : half * 1.7;
            table.add(name, condition, d, d - h, d + h, 2 * Math.exp(-0.5 * Math.pow(1.96 * d / h, 2) - 0.7),
                IntStream.range(0, REPLICATES).mapToObj(r -> Csv.number(d + (r == 0 ? 0.3 : -0.3) * h)).collect(Collectors.joining(";")),
                all ? 14_400 : 4_800);
        }
    }

    private void data() throws IOException {
        Csv conditions = new Csv("name", "kind", "description", "words", "utterances", "wer", "wer_source_ratio");
        conditions.add("in-domain", "source", "as synthesised, speakers unseen in training", 4800, 960, 2.1, 1);
        conditions.add("noise", "target", "babble of other utterances and pink noise, 0 to 10 dB SNR", 4800, 960, 21, 10);
        conditions.add("reverberation", "target", "image-method rooms, 0.6 to 1.1 s reverberation time", 4800, 960, 31, 14.8);
        conditions.add("telephone", "target", "300–3400 Hz, 8 kHz mu-law and back", 4800, 960, 16, 7.6);
        Csv selection = new Csv("replicate", "condition", "measure", "spearman", "selected_wer", "all_wer");
        for (int replicate = 1; replicate <= REPLICATES; replicate++) {
            for (var target : TARGETS.entrySet()) {
                double wer = 100 * target.getValue();
                selection.add(replicate, target.getKey(), "output gap", -0.28 + noise(0.05), wer * 0.84, wer);
                selection.add(replicate, target.getKey(), "aligned-path score", -0.47 + noise(0.05), wer * 0.69, wer);
            }
        }
        Csv failures = new Csv("stage", "item", "reason");
        failures.add("corpus", "s07-0031", "data/train/s07-0031.wav: not a WAV file: it starts with \"OggS\"");
        write(conditions, "conditions");
        write(selection, "selection");
        write(failures, "failures");
    }

    /// Writes a fake run and its report into the folder given, to look at.
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]), Scenario.valueOf(args[1]), 256, 1);
        System.out.println(Report.write(Path.of(args[0])));
        System.out.println(Report.pictures(Path.of(args[0]), Path.of(args[0])));
        System.out.println(Report.summary(Path.of(args[0])));
        System.out.println(Report.markdown(Path.of(args[0])));
    }
}
