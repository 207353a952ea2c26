package org.hyperhypo.experiments.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.hyperhypo.asr.audio.Resampler;

/// Connected digit strings of many synthetic speakers: FreeTTS's kevin16 at other pitches, tempos and formant positions.
///
/// ```
/// seed → plan (speakers, words, silences) → speak: FreeTTS slower and lower by the warp → played faster by it → tilt, level, noise floor → samples and times
/// ```
/// Everything follows from [Options]: the same samples on every run and for any number of threads. All of it is synthetic speech and must be called so.
public final class SyntheticDigits {
    public static final int RATE = 16000;
    private static final Queue<KevinVoice> IDLE = new ConcurrentLinkedQueue<>();

    private SyntheticDigits() {
    }

    /// Speakers and utterances of each set (utterances are dealt to the set's speakers in turn) and the shortest and longest digit string.
    public record Options(long seed, int trainSpeakers, int trainUtterances, int devSpeakers, int devUtterances,
            int testSpeakers, int testUtterances, int minDigits, int maxDigits) {
        public Options {
            check("train", trainSpeakers, trainUtterances);
            check("dev", devSpeakers, devUtterances);
            check("test", testSpeakers, testUtterances);
            if (minDigits < 1 || maxDigits < minDigits) {
                throw new IllegalArgumentException("strings of " + minDigits + " to " + maxDigits + " digits: 1 ≤ minDigits ≤ maxDigits is needed");
            }
        }

        private static void check(String set, int speakers, int utterances) {
            if (speakers < 1 || speakers > 999 || utterances < speakers) {
                throw new IllegalArgumentException(set + ": " + speakers + " speakers with " + utterances
                        + " utterances; 1 to 999 speakers with one utterance or more each are needed");
            }
        }

        /// About 14 minutes of training speech of 20 speakers, 4 dev speakers, 8 test speakers with about 2,240 words.
        public static Options standard(long seed) {
            return new Options(seed, 20, 480, 4, 100, 8, 448, 3, 7);
        }
    }

    /// How far `write` has come.
    public record Progress(int done, int total) {
    }

    /// What will be spoken, for each of the sets `train`, `dev`, `test`: sorted by utterance id, no speaker in two sets.
    public static SequencedMap<String, List<UtterancePlan>> plan(Options options) {
        SequencedMap<String, List<UtterancePlan>> sets = new LinkedHashMap<>();
        sets.put("train", planSet("train", options.trainSpeakers(), options.trainUtterances(), options));
        sets.put("dev", planSet("dev", options.devSpeakers(), options.devUtterances(), options));
        sets.put("test", planSet("test", options.testSpeakers(), options.testUtterances(), options));
        return Collections.unmodifiableSequencedMap(sets);
    }

    /// String lengths take turns, so that sets of equal size have nearly equal numbers of words.
    private static List<UtterancePlan> planSet(String set, int speakers, int utterances, Options options) {
        Map<Integer, SyntheticSpeaker> people = new LinkedHashMap<>();
        for (int s = 0; s < speakers; s++) {
            String id = "%s%03d".formatted(set, s + 1);
            people.put(s, SyntheticSpeaker.draw(id, s, stream(options.seed(), id)));
        }
        List<UtterancePlan> plans = new ArrayList<>();
        int lengths = options.maxDigits() - options.minDigits() + 1;
        for (int s = 0; s < speakers; s++) {
            for (int u = s; u < utterances; u += speakers) {
                String id = "%s-%04d".formatted(people.get(s).id(), u / speakers + 1);
                int digits = options.minDigits() + (u / speakers + s) % lengths;
                plans.add(UtterancePlan.draw(id, people.get(s), digits, stream(options.seed(), id)));
            }
        }
        return List.copyOf(plans);
    }

    /// Speaks one utterance. Any number of threads may call this: each takes a voice of its own from a pool, which grows as needed (6 MB a voice).
    public static SpokenUtterance speak(UtterancePlan plan) {
        KevinVoice voice = IDLE.poll();
        if (voice == null) {
            voice = KevinVoice.load();
        }
        KevinVoice.Speech speech = voice.speak(plan);
        IDLE.add(voice);
        return finish(plan, speech);
    }

    /// From the voice's slow and low speech to the speaker's: faster by the warp, which lifts pitch and formants, then tilt, level and noise floor.
    private static SpokenUtterance finish(UtterancePlan plan, KevinVoice.Speech speech) {
        SyntheticSpeaker speaker = plan.speaker();
        float[] whole = Resampler.resample(speech.samples(), speaker.warpFiftieths(), 50);
        // The voice ends with a whole pitch period, after the time that it names.
        int length = (int) Math.round(speech.ends()[speech.ends().length - 1] / speaker.warp() * RATE);
        float[] samples = Arrays.copyOf(whole, Math.min(whole.length, length));
        double duration = samples.length / (double) RATE;
        List<TimedLabel> phones = new ArrayList<>();
        boolean[] spoken = new boolean[samples.length];
        double[] wordStart = new double[plan.words().size()];
        double[] wordEnd = new double[plan.words().size()];
        double start = 0;
        for (int i = 0; i < speech.phones().size(); i++) {
            boolean last = i == speech.phones().size() - 1;
            double end = last ? duration : Math.min(duration, speech.ends()[i] / speaker.warp());
            phones.add(new TimedLabel(speech.phones().get(i), start, end));
            int word = speech.wordOf()[i];
            if (word >= 0) {
                Arrays.fill(spoken, (int) (start * RATE), (int) (end * RATE), true);
                wordStart[word] = wordEnd[word] == 0 ? start : wordStart[word];
                wordEnd[word] = end;
            }
            start = end;
        }
        List<TimedLabel> words = new ArrayList<>();
        for (int w = 0; w < wordStart.length; w++) {
            words.add(new TimedLabel(plan.words().get(w), wordStart[w], wordEnd[w]));
        }
        Recording.quietSilences(samples, spoken);
        Recording.tilt(samples, speaker.tilt());
        Recording.levelAndFloor(samples, spoken, plan.levelDb(), speaker.floorDb(), new SplittableRandom(~plan.seed()));
        return new SpokenUtterance(plan.id(), speaker.id(), plan.words(), samples, phones, words);
    }

    /// Writes the corpus into `dataRoot`: `data/{train,dev,test}/{wav.scp,text,utt2spk,spk2utt,phones.ctm}`, `lexicon.txt`, `README.txt` and `wav/`.
    ///
    /// Nothing is done where a finished corpus of equal options is there already; an unfinished one or one of other options is replaced. Returns true if it wrote.
    public static boolean write(Path dataRoot, Options options, int threads, Consumer<Progress> progress) throws IOException {
        try {
            return new CorpusWriter(dataRoot, options).write(threads, progress);
        } finally {
            IDLE.clear();
        }
    }

    /// A random stream of its own for everything with a name: FNV-1a of the name, mixed with the seed.
    private static SplittableRandom stream(long seed, String name) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return new SplittableRandom(hash ^ new SplittableRandom(seed).nextLong());
    }
}
