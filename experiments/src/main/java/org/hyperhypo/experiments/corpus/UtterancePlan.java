package org.hyperhypo.experiments.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// All that decides one utterance: equal plans are spoken as equal samples.
///
/// `silences` has one entry more than `words`: seconds of silence before the first word, after each word (0 means the next word follows directly)
/// and after the last. `seed` feeds what varies inside: phone durations and the noise floor.
public record UtterancePlan(String id, SyntheticSpeaker speaker, List<String> words, List<Double> silences, double speed, double pitchHz,
        double levelDb, long seed) {
    private static final double PAUSE_CHANCE = 0.25;

    public UtterancePlan {
        words = List.copyOf(words);
        silences = List.copyOf(silences);
        if (words.isEmpty() || silences.size() != words.size() + 1) {
            throw new IllegalArgumentException(id + ": " + words.size() + " words and " + silences.size() + " silences; one word or more and one silence more are needed");
        }
        if (silences.getFirst() <= 0 || silences.getLast() <= 0) {
            throw new IllegalArgumentException(id + ": silences " + silences + "; the voice needs some at both ends");
        }
        for (String word : words) {
            DigitLexicon.phones(word);
        }
    }

    /// Words and manner of one utterance of `speaker`.
    static UtterancePlan draw(String id, SyntheticSpeaker speaker, int digits, SplittableRandom random) {
        List<String> words = new ArrayList<>();
        List<Double> silences = new ArrayList<>();
        silences.add(random.nextDouble(0.10, 0.25));
        for (int i = 0; i < digits; i++) {
            words.add(DigitLexicon.WORDS.get(random.nextInt(DigitLexicon.WORDS.size())));
            boolean last = i == digits - 1;
            boolean pause = random.nextDouble() < PAUSE_CHANCE;
            double seconds = random.nextDouble(0.05, 0.22);
            silences.add(last ? random.nextDouble(0.10, 0.25) : pause ? seconds : 0.0);
        }
        double speed = speaker.speed() * random.nextDouble(0.94, 1.06);
        double pitch = speaker.pitchHz() * random.nextDouble(0.95, 1.05);
        double level = speaker.levelDb() + random.nextDouble(-1.5, 1.5);
        return new UtterancePlan(id, speaker, words, silences, speed, pitch, level, random.nextLong());
    }
}
