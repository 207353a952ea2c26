package org.hyperhypo.experiments.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hyperhypo.experiments.corpus.SyntheticDigits.Options;
import org.junit.jupiter.api.Test;

class SyntheticDigitsTest {
    private static final Options SMALL = new Options(7, 4, 12, 2, 4, 2, 4, 3, 7);

    private static List<UtterancePlan> all(Options options) {
        return SyntheticDigits.plan(options).values().stream().flatMap(List::stream).toList();
    }

    @Test
    void planFollowsFromTheSeedAlone() {
        assertEquals(SyntheticDigits.plan(SMALL), SyntheticDigits.plan(SMALL));
        assertNotEquals(SyntheticDigits.plan(SMALL), SyntheticDigits.plan(new Options(8, 4, 12, 2, 4, 2, 4, 3, 7)));
    }

    @Test
    void noSpeakerIsInTwoSetsAndEverySetHasHighAndLowVoices() {
        Set<String> seen = new HashSet<>();
        Set<Double> pitches = new HashSet<>();
        SyntheticDigits.plan(Options.standard(1)).forEach((set, plans) -> {
            List<SyntheticSpeaker> speakers = plans.stream().map(UtterancePlan::speaker).distinct().toList();
            speakers.forEach(speaker -> assertTrue(seen.add(speaker.id()) && pitches.add(speaker.pitchHz()), speaker + " again in " + set));
            assertTrue(speakers.stream().anyMatch(speaker -> speaker.pitchHz() < 140 && speaker.warp() < 1.05), set);
            assertTrue(speakers.stream().anyMatch(speaker -> speaker.pitchHz() > 145 && speaker.warp() > 1.05), set);
        });
        assertEquals(32, seen.size());
    }

    @Test
    void standardTestSetHasTwoThousandWordsAndEveryDigitOften() {
        List<String> words = SyntheticDigits.plan(Options.standard(1)).get("test").stream().flatMap(plan -> plan.words().stream()).toList();
        assertTrue(words.size() >= 2000, words.size() + " words");
        for (String word : DigitLexicon.WORDS) {
            long count = words.stream().filter(word::equals).count();
            assertTrue(count > words.size() / 14, word + " only " + count + " times");
        }
    }

    @Test
    void utterancesOfASetAreSortedById() {
        SyntheticDigits.plan(Options.standard(1)).values().forEach(plans -> {
            List<String> ids = plans.stream().map(UtterancePlan::id).toList();
            assertEquals(ids.stream().sorted().distinct().toList(), ids);
        });
    }

    @Test
    void phonesCoverTheAudioAndWordsLieInOrderInsideIt() {
        for (UtterancePlan plan : all(SMALL)) {
            SpokenUtterance u = SyntheticDigits.speak(plan);
            double before = 0;
            for (TimedLabel phone : u.phones()) {
                assertEquals(before, phone.start(), plan.id());
                assertTrue(phone.duration() >= 0.03, plan.id() + " " + phone);
                before = phone.end();
            }
            assertEquals(u.seconds(), before, 1e-9);
            assertEquals(plan.words(), u.wordTimes().stream().map(TimedLabel::label).toList());
            double end = plan.silences().getFirst() * 0.98;
            for (TimedLabel word : u.wordTimes()) {
                assertTrue(word.start() >= end && word.end() > word.start() && word.end() < u.seconds(), plan.id() + " " + word);
                List<String> inside = u.phones().stream().filter(phone -> phone.start() >= word.start() && phone.end() <= word.end())
                        .map(TimedLabel::label).toList();
                assertEquals(DigitLexicon.phones(word.label()), inside);
                end = word.end();
            }
        }
    }

    @Test
    void silencesAreAsLongAsPlannedAndQuietButNotDigitalZero() {
        for (UtterancePlan plan : all(SMALL)) {
            SpokenUtterance u = SyntheticDigits.speak(plan);
            double[] planned = plan.silences().stream().mapToDouble(s -> s).filter(s -> s > 0).toArray();
            double[] made = u.phones().stream().filter(phone -> phone.label().equals("SIL")).mapToDouble(TimedLabel::duration).toArray();
            assertArrayEquals(planned, made, 1e-3, plan.id());
            double speech = level(u.samples(), u.wordTimes().getFirst().start(), u.wordTimes().getLast().end());
            double silence = level(u.samples(), 0, planned[0] * 0.7);
            assertTrue(silence < speech - 30 && silence > speech - 55, plan.id() + ": silence " + silence + " dB, speech " + speech + " dB");
        }
    }

    private static double level(float[] x, double from, double to) {
        double power = 0;
        int first = (int) (from * SyntheticDigits.RATE);
        int end = (int) (to * SyntheticDigits.RATE);
        for (int n = first; n < end; n++) {
            power += x[n] * x[n];
        }
        return 10 * Math.log10(power / (end - first));
    }

    @Test
    void nothingClipsAndLevelsAreAsPlanned() {
        for (UtterancePlan plan : all(SMALL)) {
            SpokenUtterance u = SyntheticDigits.speak(plan);
            for (float x : u.samples()) {
                assertTrue(Math.abs(x) < 0.99, plan.id() + ": " + x);
            }
            // Pauses between the words make the whole a little weaker than the speech alone.
            double level = level(u.samples(), u.wordTimes().getFirst().start(), u.wordTimes().getLast().end());
            assertEquals(plan.levelDb() - 0.5, level, 1.5, plan.id());
        }
    }

    @Test
    void pitchIsTheSpeakersWhateverTheWarp() {
        for (List<UtterancePlan> plans : all(SMALL).stream().collect(Collectors.groupingBy(UtterancePlan::speaker)).values()) {
            SyntheticSpeaker speaker = plans.getFirst().speaker();
            double[] heard = plans.stream().mapToDouble(plan -> Listening.pitch(SyntheticDigits.speak(plan)) / plan.pitchHz()).sorted().toArray();
            assertEquals(1, heard[heard.length / 2], 2 * speaker.pitchRangeHz() / speaker.pitchHz(), speaker + ": " + Arrays.toString(heard));
        }
        for (double hz : new double[] {95, 130, 180}) {
            double narrow = Listening.pitch(SyntheticDigits.speak(changed(hz, 45)));
            double wide = Listening.pitch(SyntheticDigits.speak(changed(hz, 60)));
            assertEquals(1, narrow / hz, 0.08, hz + " Hz, warp 0.9");
            assertEquals(1, wide / hz, 0.08, hz + " Hz, warp 1.2");
            assertEquals(1, wide / narrow, 0.04);
        }
    }

    @Test
    void warpMovesFormantsByItsFactorAndLeavesDurations() {
        SpokenUtterance narrow = SyntheticDigits.speak(changed(110, 45));
        SpokenUtterance wide = SyntheticDigits.speak(changed(110, 60));
        assertEquals(60 / 45.0, stretch(narrow, wide), 0.06);
        assertEquals(50 / 45.0, stretch(narrow, SyntheticDigits.speak(changed(110, 50))), 0.04);
        assertEquals(60 / 55.0, stretch(SyntheticDigits.speak(changed(110, 55)), wide), 0.04);
        assertEquals(narrow.seconds(), wide.seconds(), 0.02);
        for (int i = 0; i < narrow.phones().size(); i++) {
            assertEquals(narrow.phones().get(i).end(), wide.phones().get(i).end(), 0.02);
        }
    }

    @Test
    void pitchLeavesFormants() {
        for (int warp : new int[] {45, 50, 60}) {
            assertEquals(1, stretch(SyntheticDigits.speak(changed(95, warp)), SyntheticDigits.speak(changed(140, warp))), 0.04, "warp " + warp + "/50");
        }
    }

    private static double stretch(SpokenUtterance a, SpokenUtterance b) {
        return Listening.stretch(Listening.envelope(a), Listening.envelope(b));
    }

    private static UtterancePlan changed(double pitch, int warpFiftieths) {
        SyntheticSpeaker speaker = new SyntheticSpeaker("s", warpFiftieths, pitch, 0.05 * pitch, 1.1, 0, -24, -45);
        return new UtterancePlan("s-1", speaker, List.of("NINE", "ONE", "ZERO", "FOUR", "TWO", "EIGHT", "THREE", "FIVE"),
                List.of(0.1, 0.0, 0.0, 0.1, 0.0, 0.0, 0.1, 0.0, 0.1), 1.1, pitch, -24, 5);
    }

    @Test
    void speakingPrintsNothingAndLeavesNoThread() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        int threads = Thread.activeCount();
        try {
            System.setOut(new PrintStream(heard, true, StandardCharsets.UTF_8));
            System.setErr(System.out);
            KevinVoice.load().speak(all(SMALL).getFirst());
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertEquals("", heard.toString(StandardCharsets.UTF_8));
        assertEquals(threads, Thread.activeCount());
    }

    @Test
    void badOptionsAndWordsAreNamed() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Options(1, 4, 3, 1, 1, 1, 1, 3, 7)).getMessage().contains("train: 4 speakers with 3"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Options(1, 1, 1, 1, 1, 1, 1, 5, 4)).getMessage().contains("5 to 4"));
        UtterancePlan plan = changed(100, 50);
        String message = assertThrows(IllegalArgumentException.class, () -> new UtterancePlan("x", plan.speaker(), List.of("OH"),
                List.of(0.1, 0.1), 1, 100, -24, 1)).getMessage();
        assertTrue(message.contains("\"OH\""), message);
        assertFalse(DigitLexicon.WORDS.contains("OH"));
    }
}
