package org.hyperhypo.experiments.corpus;

import com.sun.speech.freetts.Age;
import com.sun.speech.freetts.Gender;
import com.sun.speech.freetts.Item;
import com.sun.speech.freetts.OutputQueue;
import com.sun.speech.freetts.ProcessException;
import com.sun.speech.freetts.Relation;
import com.sun.speech.freetts.Token;
import com.sun.speech.freetts.Utterance;
import com.sun.speech.freetts.UtteranceProcessor;
import com.sun.speech.freetts.cart.Durator;
import com.sun.speech.freetts.cart.Phraser;
import com.sun.speech.freetts.en.us.CMUDiphoneVoice;
import com.sun.speech.freetts.en.us.CMULexicon;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import com.sun.speech.freetts.relp.LPCResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// FreeTTS's kevin16: words in, samples and phone times out.
///
/// The voice's processors are called one by one, without FreeTTS's audio player, queue and output thread: nothing is played, printed or left running.
/// Phrases, phone lengths and pitch are ours: the plan's pauses replace the voice's phrasing, its lengths are changed between its duration and intonation models.
///
/// One thread at a time may use an instance. Loading touches static maps of FreeTTS and is done under a lock (0.5 s once, 0.1 s each more).
final class KevinVoice {
    /// Shorter phones could not pass through three HMM states of 10 ms.
    private static final double SHORTEST_PHONE = 0.035;
    private static final double LENGTH_SPREAD = 0.15;

    private final CMUDiphoneVoice voice;
    private final List<UtteranceProcessor> processors = new ArrayList<>();

    /// What came out: samples −1..1 at the voice's rate, and every phone with the second where it ends. `wordOf[i]` is −1 for silence.
    record Speech(float[] samples, List<String> phones, double[] ends, int[] wordOf) {
    }

    private KevinVoice() {
        voice = new CMUDiphoneVoice("kevin16", Gender.MALE, Age.YOUNGER_ADULT, "16 kHz diphone voice", Locale.US, "general", "cmu",
                new CMULexicon("cmulex"), KevinVoiceDirectory.class.getResource("cmu_us_kal16.bin"));
        voice.setOutputQueue(new OutputQueue());
        voice.allocate();
        for (Object processor : voice.getUtteranceProcessors()) {
            processors.add((UtteranceProcessor) processor);
        }
        if (processors.stream().noneMatch(Phraser.class::isInstance) || processors.stream().noneMatch(Durator.class::isInstance)) {
            throw new IllegalStateException("FreeTTS voice kevin16 has no phrasing or no duration model among " + processors);
        }
    }

    static KevinVoice load() {
        synchronized (KevinVoice.class) {
            return new KevinVoice();
        }
    }

    /// Speaks the words of `plan` slower by the speaker's warp and lower by it, so that playing the result that much faster gives the pitch and lengths of the plan.
    Speech speak(UtterancePlan plan) {
        double warp = plan.speaker().warp();
        voice.setPitch((float) (plan.pitchHz() / warp));
        voice.setPitchRange((float) (plan.speaker().pitchRangeHz() / warp));
        Utterance utterance = new Utterance(voice, tokens(plan));
        try {
            for (UtteranceProcessor processor : processors) {
                if (processor instanceof Phraser) {
                    setPhrases(utterance, plan);
                } else {
                    processor.processUtterance(utterance);
                }
                if (processor instanceof Durator) {
                    setLengths(utterance, plan, warp);
                }
            }
        } catch (ProcessException e) {
            throw new IllegalStateException(plan.id() + ": FreeTTS cannot speak " + plan.words() + ": " + e.getMessage(), e);
        }
        LPCResult result = (LPCResult) utterance.getObject("target_lpcres");
        if (result.getSampleRate() != SyntheticDigits.RATE) {
            throw new IllegalStateException("FreeTTS voice kevin16 speaks at " + result.getSampleRate() + " Hz, not at " + SyntheticDigits.RATE);
        }
        return speech(utterance, plan, samples(result.getWaveSamples()));
    }

    private static List<Token> tokens(UtterancePlan plan) {
        List<Token> tokens = new ArrayList<>();
        for (String word : plan.words()) {
            Token token = new Token();
            token.setWord(word.toLowerCase(Locale.ROOT));
            tokens.add(token);
        }
        return tokens;
    }

    /// A phrase ends where the plan has silence; the voice pauses there ("BB", big break) and nowhere else.
    private static void setPhrases(Utterance utterance, UtterancePlan plan) {
        Relation phrases = utterance.createRelation(Relation.PHRASE);
        Item phrase = null;
        int said = 0;
        for (Item word = utterance.getRelation(Relation.WORD).getHead(); word != null; word = word.getNext()) {
            if (phrase == null) {
                phrase = phrases.appendItem();
                phrase.getFeatures().setString("name", "BB");
            }
            phrase.addDaughter(word);
            said++;
            if (said < plan.silences().size() && plan.silences().get(said) > 0) {
                phrase = null;
            }
        }
    }

    /// Length of a phone = the voice's own / speed × (1 ± spread) × warp; silences as planned × warp.
    private static void setLengths(Utterance utterance, UtterancePlan plan, double warp) {
        SplittableRandom random = new SplittableRandom(plan.seed());
        double[] silences = plan.silences().stream().mapToDouble(Double::doubleValue).filter(s -> s > 0).toArray();
        int silence = 0;
        double before = 0;
        double end = 0;
        for (Item phone : segments(utterance)) {
            double own = phone.getFeatures().getFloat("end") - before;
            before += own;
            if (name(phone).equals(DigitLexicon.SILENCE)) {
                if (silence == silences.length) {
                    throw new IllegalStateException(plan.id() + ": FreeTTS pauses more often than the " + silences.length + " planned silences");
                }
                end += warp * silences[silence++];
            } else {
                double length = own / plan.speed() * random.nextDouble(1 - LENGTH_SPREAD, 1 + LENGTH_SPREAD);
                end += warp * Math.max(SHORTEST_PHONE, length);
            }
            phone.getFeatures().setFloat("end", (float) end);
        }
        if (silence != silences.length) {
            throw new IllegalStateException(plan.id() + ": FreeTTS pauses " + silence + " times, planned are " + silences.length);
        }
    }

    private static Speech speech(Utterance utterance, UtterancePlan plan, float[] samples) {
        List<Item> segments = segments(utterance);
        List<String> phones = new ArrayList<>();
        double[] ends = new double[segments.size()];
        int[] wordOf = new int[segments.size()];
        List<String> expected = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int w = 0; w < plan.words().size(); w++) {
            for (String phone : DigitLexicon.phones(plan.words().get(w))) {
                expected.add(phone);
                owners.add(w);
            }
        }
        int spoken = 0;
        for (int i = 0; i < ends.length; i++) {
            String phone = name(segments.get(i));
            phones.add(phone);
            ends[i] = segments.get(i).getFeatures().getFloat("end");
            boolean silence = phone.equals(DigitLexicon.SILENCE);
            wordOf[i] = silence ? -1 : spoken < owners.size() ? owners.get(spoken) : -1;
            spoken += silence ? 0 : 1;
        }
        List<String> heard = phones.stream().filter(phone -> !phone.equals(DigitLexicon.SILENCE)).toList();
        if (!heard.equals(expected)) {
            throw new IllegalStateException(plan.id() + ": FreeTTS speaks " + heard + ", the lexicon says " + expected);
        }
        return new Speech(samples, phones, ends, wordOf);
    }

    private static List<Item> segments(Utterance utterance) {
        List<Item> items = new ArrayList<>();
        for (Item item = utterance.getRelation(Relation.SEGMENT).getHead(); item != null; item = item.getNext()) {
            items.add(item);
        }
        return items;
    }

    private static String name(Item phone) {
        return DigitLexicon.arpabet(phone.getFeatures().getString("name"));
    }

    /// 16-bit big-endian to −1..1.
    private static float[] samples(byte[] bytes) {
        float[] samples = new float[bytes.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (bytes[2 * i] << 8 | bytes[2 * i + 1] & 0xff) / 32768f;
        }
        return samples;
    }
}
