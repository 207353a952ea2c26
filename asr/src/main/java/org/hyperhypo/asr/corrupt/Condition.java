package org.hyperhypo.asr.corrupt;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// One way of spoiling an utterance. The result has the input's length and timing, depends on the generator's state only, and
/// peaks at 0.99 at most where it would not fit into 16 bits.
public sealed interface Condition {
    /// A new array; the input is left as it is. Throws IllegalArgumentException where the utterance cannot take it (silence).
    default float[] apply(float[] speech, int rate, SplittableRandom random) {
        return Gain.protect(spoil(speech, rate, random));
    }

    /// The same with the generator of an utterance, see [Seeds#of].
    default float[] apply(float[] speech, int rate, long seed, String utterance) {
        return apply(speech, rate, Seeds.of(seed, utterance));
    }

    float[] spoil(float[] speech, int rate, SplittableRandom random);

    /// What is done, for tables and records.
    String description();

    /// This condition with every choice made, so that a record can say what an utterance got.
    default Condition chosen(SplittableRandom random) {
        return this;
    }

    record Clean() implements Condition {
        @Override
        public float[] spoil(float[] speech, int rate, SplittableRandom random) {
            return speech.clone();
        }

        @Override
        public String description() {
            return "clean";
        }
    }

    /// Stationary noise of a spectral slope, see [Noise#coloured].
    record ColouredNoise(double slopeDbPerOctave, double snrDb) implements Condition {
        @Override
        public float[] spoil(float[] speech, int rate, SplittableRandom random) {
            return Noise.mix(speech, Noise.coloured(speech.length, rate, slopeDbPerOctave, random), snrDb, rate);
        }

        @Override
        public String description() {
            return String.format(Locale.ROOT, "stationary noise, %.1f dB per octave, SNR %.1f dB", slopeDbPerOctave, snrDb);
        }
    }

    /// A recording (at the speech's rate), from a random offset. Two records with the same array are equal, not with equal arrays.
    record RecordedNoise(String name, float[] noise, double snrDb) implements Condition {
        @Override
        public float[] spoil(float[] speech, int rate, SplittableRandom random) {
            return Noise.mix(speech, Noise.recorded(noise, speech.length, rate, random), snrDb, rate);
        }

        @Override
        public String description() {
            return String.format(Locale.ROOT, "noise \"%s\", SNR %.1f dB", name, snrDb);
        }
    }

    record Babble(String name, List<float[]> utterances, int talkers, double snrDb) implements Condition {
        @Override
        public float[] spoil(float[] speech, int rate, SplittableRandom random) {
            return Noise.mix(speech, Noise.babble(utterances, talkers, speech.length, rate, random), snrDb, rate);
        }

        @Override
        public String description() {
            return String.format(Locale.ROOT, "babble of %d talkers from \"%s\", SNR %.1f dB", talkers, name, snrDb);
        }
    }

    /// A measured or made impulse response at the speech's rate.
    record Reverberation(String name, float[] response, int responseRate) implements Condition {
        @Override
        public float[] spoil(float[] speech, int rate, SplittableRandom random) {
            if (rate != responseRate) {
                throw new IllegalArgumentException("impulse response \"" + name + "\" has " + responseRate + " Hz, the speech " + rate
                    + " Hz; resample the response");
            }
            return Rooms.reverberate(speech, response, rate);
        }

        @Override
        public String description() {
            return String.format(Locale.ROOT, "room \"%s\", T60 %.2f s, direct to reverberant %.1f dB", name,
                Rooms.t60(response, responseRate), Rooms.directToReverberantDb(response, responseRate));
        }
    }

    /// A simulated room; make one condition and use it for all utterances.
    static Condition room(Room room, int rate) {
        String name = "image method " + room.size() + " m, source " + room.source() + ", microphone " + room.microphone();
        return new Reverberation(name, Rooms.impulseResponse(room, rate), rate);
    }

    record TelephoneLine() implements Condition {
        @Override
        public float[] spoil(float[] speech, int rate, SplittableRandom random) {
            return Telephone.line(speech, rate);
        }

        @Override
        public String description() {
            return "telephone: 300–3400 Hz, 8 kHz, mu-law";
        }
    }

    record Band(double lowHz, double highHz) implements Condition {
        @Override
        public float[] spoil(float[] speech, int rate, SplittableRandom random) {
            return Telephone.bandPass(speech, rate, lowHz, highHz);
        }

        @Override
        public String description() {
            return String.format(Locale.ROOT, "band %.0f–%.0f Hz", lowHz, highHz);
        }
    }

    record Clipping(double shareOfPeak) implements Condition {
        @Override
        public float[] spoil(float[] speech, int rate, SplittableRandom random) {
            return Gain.clip(speech, shareOfPeak);
        }

        @Override
        public String description() {
            return String.format(Locale.ROOT, "clipped at %.2f of the peak", shareOfPeak);
        }
    }

    record Level(double db) implements Condition {
        @Override
        public float[] spoil(float[] speech, int rate, SplittableRandom random) {
            return Gain.decibels(speech, db);
        }

        @Override
        public String description() {
            return String.format(Locale.ROOT, "gain %+.1f dB", db);
        }
    }

    /// Another one for each utterance.
    record OneOf(List<Condition> choices) implements Condition {
        private static final int SHOWN = 3;

        public OneOf {
            choices = List.copyOf(choices);
            if (choices.isEmpty()) {
                throw new IllegalArgumentException("no condition to choose from");
            }
        }

        @Override
        public Condition chosen(SplittableRandom random) {
            return choices.get(random.nextInt(choices.size())).chosen(random);
        }

        @Override
        public float[] spoil(float[] speech, int rate, SplittableRandom random) {
            return chosen(random).spoil(speech, rate, random);
        }

        @Override
        public String description() {
            List<String> all = choices.stream().map(Condition::description).distinct().toList();
            return String.join("; or ", all.subList(0, Math.min(SHOWN, all.size()))) + (all.size() > SHOWN ? "; or " + (all.size() - SHOWN) + " more" : "");
        }
    }

    /// One after the other.
    record Chain(List<Condition> steps) implements Condition {
        public Chain {
            steps = List.copyOf(steps);
        }

        @Override
        public Condition chosen(SplittableRandom random) {
            return new Chain(steps.stream().map(step -> step.chosen(random)).toList());
        }

        @Override
        public float[] spoil(float[] speech, int rate, SplittableRandom random) {
            float[] x = speech;
            for (Condition step : steps) {
                x = step.spoil(x, rate, random);
            }
            return x;
        }

        @Override
        public String description() {
            return steps.stream().map(Condition::description).collect(Collectors.joining(", then "));
        }
    }
}
