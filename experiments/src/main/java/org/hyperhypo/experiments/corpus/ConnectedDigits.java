package org.hyperhypo.experiments.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.hyperhypo.asr.audio.Wav;
import org.hyperhypo.asr.corrupt.Gain;
import org.hyperhypo.asr.corrupt.Noise;
import org.hyperhypo.asr.corrupt.Seeds;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.corpus.IsolatedWords.Token;
import org.hyperhypo.experiments.model.FeatureSet;

/// Strings of three to seven digits, each of one speaker, put together from isolated recordings: a connected task in which any speaker may be held out.
///
/// Recordings are brought to a common level ± 3 dB; the gaps of 0.05 to 0.30 s between and around them hold noise at the speaker's own floor.
public final class ConnectedDigits {
    private static final int VERSION = 1;
    private static final int SHORTEST = 3;
    private static final int LONGEST = 7;
    private static final double LEVEL = 0.05;
    private static final double LEVEL_DB = 3;
    private static final double SHORTEST_GAP = 0.05;
    private static final double LONGEST_GAP = 0.30;
    private static final double PINK = -3;

    /// What strings are for, by the number of the repetition. No recording is in two parts that one network meets: a held-out speaker's strings are
    /// adapted on or tested, those of the others train, develop or are source speech.
    public enum Part {
        TRAIN("train", 15, 49, 2),
        /// Development speech: adapted on and scored where rates are chosen, all of it where the decoder is tuned.
        DEVELOPMENT_ADAPT("dev", 10, 12, 3),
        DEVELOPMENT_TEST("dev", 13, 14, 3),
        /// Clean speech of the training speakers: what is forgotten.
        SOURCE("test", 0, 9, 2),
        ADAPT("test", 0, 24, 2),
        TEST("test", 25, 49, 2);

        private final String set;
        private final int first;
        private final int last;
        private final int uses;

        /// @param uses how many strings each recording is in
        Part(String set, int first, int last, int uses) {
            this.set = set;
            this.first = first;
            this.last = last;
            this.uses = uses;
        }

        /// Of an utterance that this class has put together.
        public static Part of(FeatureSet.Entry utterance) {
            String rest = utterance.id().substring(utterance.speaker().length() + 1);
            return Arrays.stream(values()).filter(part -> rest.startsWith(part.label() + "-")).findFirst().orElseThrow();
        }

        /// Whether word errors are counted on it, rather than adapted on.
        public boolean scored() {
            return this == SOURCE || this == TEST || this == DEVELOPMENT_TEST;
        }

        private String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '.');
        }

        private boolean has(Token token) {
            return token.index() >= first && token.index() <= last;
        }
    }

    /// One string to be: which recordings in which order.
    record Plan(String id, Part part, List<Token> tokens) {
    }

    private final IsolatedWords words;
    private final long seed;
    private final Map<String, Double> floors = new LinkedHashMap<>();

    /// Complains where a speaker lacks recordings for some part, or where there are fewer than three speakers.
    public ConnectedDigits(IsolatedWords words, long seed) {
        this.words = words;
        this.seed = seed;
        if (speakers().size() < 3) {
            throw new UserError("recordings of " + speakers().size() + " speakers " + speakers() + ": one is held out and at least two must train, so three or more are needed");
        }
        for (String speaker : speakers()) {
            double[] each = tokens(speaker).stream().mapToDouble(Token::floor).sorted().toArray();
            floors.put(speaker, each[each.length / 2]);
            for (Part part : Part.values()) {
                long count = tokens(speaker).stream().filter(part::has).count();
                if (count < SHORTEST) {
                    throw new UserError("speaker \"" + speaker + "\" has " + count + " recordings with numbers " + part.first + " to " + part.last
                            + " (" + part.label() + " speech); at least " + SHORTEST + " are needed, or leave the speaker out");
                }
            }
        }
    }

    public List<String> speakers() {
        return words.tokens().stream().map(Token::speaker).distinct().sorted().toList();
    }

    /// Of strings.
    public int size() {
        return plans().size();
    }

    /// Writes sets `train`, `dev`, `test` with `wav/` and `lexicon.txt` into `root`, unless they are there. Returns true if it wrote.
    public boolean write(Path root, Path lexicon, Runnable progress) throws IOException {
        String mark = "connected digits, version " + VERSION + ", seed " + seed + ", " + words.rate() + " Hz, "
                + words.tokens().stream().map(token -> token.id() + Arrays.hashCode(token.samples())).toList().hashCode() + ", " + Files.readString(lexicon).hashCode() + "\n";
        return WholeCorpus.make(root, mark, List.of("wav", "train", "dev", "test", "lexicon.txt"), folder -> {
            Map<String, List<Utterance>> sets = new LinkedHashMap<>();
            for (Plan plan : plans()) {
                String speaker = plan.tokens.getFirst().speaker();
                Path wav = Files.createDirectories(folder.resolve("wav").resolve(speaker)).resolve(plan.id + ".wav");
                Wav.write(wav, samples(plan), words.rate());
                sets.computeIfAbsent(plan.part.set, set -> new ArrayList<>())
                        .add(new Utterance(plan.id, speaker, wav, plan.tokens.stream().map(Token::word).toList()));
                progress.run();
            }
            for (Map.Entry<String, List<Utterance>> set : sets.entrySet()) {
                DataDir.write(folder.resolve(set.getKey()), folder, set.getValue());
            }
            Files.copy(lexicon, folder.resolve("lexicon.txt"));
        });
    }

    private List<Token> tokens(String speaker) {
        return words.tokens().stream().filter(token -> token.speaker().equals(speaker)).toList();
    }

    /// All strings of all speakers.
    List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        for (String speaker : speakers()) {
            for (Part part : Part.values()) {
                SplittableRandom random = Seeds.of(seed, speaker + "-" + part.label());
                List<Token> left = new ArrayList<>();
                for (int use = 0; use < part.uses; use++) {
                    List<Token> shuffled = new ArrayList<>(tokens(speaker).stream().filter(part::has).toList());
                    Collections.shuffle(shuffled, Random.from(random));
                    left.addAll(shuffled);
                }
                for (int number = 0; !left.isEmpty(); number++) {
                    List<Token> chosen = left.subList(0, length(left.size(), random));
                    plans.add(new Plan("%s-%s-%03d".formatted(speaker, part.label(), number), part, List.copyOf(chosen)));
                    chosen.clear();
                }
            }
        }
        return plans;
    }

    /// Three to seven, and never so many that one or two are left over.
    private static int length(int left, SplittableRandom random) {
        int length = Math.min(left, random.nextInt(SHORTEST, LONGEST + 1));
        int rest = left - length;
        return rest == 0 || rest >= SHORTEST ? length : left <= LONGEST ? left : left - SHORTEST;
    }

    /// The audio of one string.
    float[] samples(Plan plan) {
        SplittableRandom random = Seeds.of(seed + 1, plan.id);
        double floor = floors.get(plan.tokens.getFirst().speaker()) * LEVEL;
        int[] gaps = new int[plan.tokens.size() + 1];
        Arrays.setAll(gaps, gap -> (int) (words.rate() * random.nextDouble(SHORTEST_GAP, LONGEST_GAP)));
        int length = Arrays.stream(gaps).sum() + plan.tokens.stream().mapToInt(token -> token.samples().length).sum();
        float[] noise = Noise.coloured(length, words.rate(), PINK, random);
        float[] all = new float[length];
        int at = 0;
        for (int i = 0; i < gaps.length; i++) {
            for (int t = 0; t < gaps[i]; t++, at++) {
                all[at] = (float) (floor * noise[at]);
            }
            if (i < plan.tokens.size()) {
                double gain = LEVEL * StrictMath.pow(10, random.nextDouble(-LEVEL_DB, LEVEL_DB) / 20);
                for (float sample : plan.tokens.get(i).samples()) {
                    all[at++] = (float) (gain * sample);
                }
            }
        }
        return Gain.protect(all);
    }
}
