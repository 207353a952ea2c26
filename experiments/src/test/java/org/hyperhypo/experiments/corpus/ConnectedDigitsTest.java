package org.hyperhypo.experiments.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.hyperhypo.asr.audio.Wav;
import org.hyperhypo.asr.corrupt.SpeechLevel;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.corpus.ConnectedDigits.Part;
import org.hyperhypo.experiments.corpus.ConnectedDigits.Plan;
import org.hyperhypo.experiments.corpus.IsolatedWords.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectedDigitsTest {
    private static final long SEED = Tiny.seed("ConnectedDigits");

    @TempDir
    private Path root;

    @Test
    void everyRecordingIsInItsPartAsOftenAsThePartSaysAndStringsHaveThreeToSevenDigits() {
        Map<Part, Map<String, Integer>> uses = new HashMap<>();
        for (Plan plan : digits("ann", "bob", "cy").plans()) {
            assertTrue(plan.tokens().size() >= 3 && plan.tokens().size() <= 7, plan.id() + ": " + plan.tokens().size());
            assertEquals(1, plan.tokens().stream().map(Token::speaker).distinct().count(), "one speaker a string");
            plan.tokens().forEach(token -> uses.computeIfAbsent(plan.part(), part -> new HashMap<>()).merge(token.id(), 1, Integer::sum));
        }
        assertEquals(Set.of(Part.values()), uses.keySet());
        // 3 speakers, 2 words; numbers 15 to 49, 10 to 12, 13 and 14, 0 to 9, 0 to 24, 25 to 49.
        int[] counts = {35, 3, 2, 10, 25, 25};
        for (Part part : Part.values()) {
            assertEquals(3 * 2 * counts[part.ordinal()], uses.get(part).size(), part.name());
            int each = part == Part.DEVELOPMENT_ADAPT || part == Part.DEVELOPMENT_TEST ? 3 : 2;
            assertEquals(Set.of(each), Set.copyOf(uses.get(part).values()), part.name());
        }
    }

    @Test
    void partsThatMeetInOneNetworkShareNoRecording() {
        Map<Part, Set<String>> used = new HashMap<>();
        digits("ann", "bob", "cy").plans().forEach(plan -> plan.tokens().forEach(token -> used.computeIfAbsent(plan.part(), part -> new HashSet<>()).add(token.id())));
        for (List<Part> together : List.of(List.of(Part.TRAIN, Part.DEVELOPMENT_ADAPT, Part.DEVELOPMENT_TEST, Part.SOURCE), List.of(Part.ADAPT, Part.TEST))) {
            Set<String> all = new HashSet<>();
            int sum = 0;
            for (Part part : together) {
                all.addAll(used.get(part));
                sum += used.get(part).size();
            }
            assertEquals(sum, all.size(), together.toString());
        }
    }

    @Test
    void aStringIsItsRecordingsAtNearlyOneLevelWithFloorNoiseBetween() {
        ConnectedDigits digits = digits("ann", "bob", "cy");
        Plan plan = digits.plans().getFirst();
        float[] samples = digits.samples(plan);
        assertArrayEquals(samples, digits.samples(plan));
        int spoken = plan.tokens().stream().mapToInt(token -> token.samples().length).sum();
        double gaps = (samples.length - spoken) / 8000.0;
        assertTrue(gaps > 0.05 * (plan.tokens().size() + 1) && gaps < 0.3 * (plan.tokens().size() + 1), gaps + " s of gaps");
        double first = SpeechLevel.rms(samples, 0, 400);
        assertTrue(first > 0.001 && first < 0.02, "a fifth of 0.05 in the first gap, pink: " + first);
        double level = SpeechLevel.rms(samples) * Math.sqrt((double) samples.length / spoken);
        assertTrue(level > 0.05 / 1.42 && level < 0.05 * 1.45, "0.05 ± 3 dB, and a little for the gaps: " + level);
    }

    @Test
    void aFolderIsReadWhateverItsSetsAndWrittenOnce() throws IOException {
        corpus(root.resolve("in"), "ann", "bob", "cy");
        Files.writeString(root.resolve("in/wav/bob-ah-07.wav"), "not a sound");
        IsolatedWords words = IsolatedWords.read(root.resolve("in"));
        assertEquals(299, words.tokens().size());
        assertEquals("bob-ah-07", words.failures().getFirst().item());
        ConnectedDigits digits = new ConnectedDigits(words, SEED);
        int[] written = {0};
        assertTrue(digits.write(root.resolve("out"), root.resolve("in/lexicon.txt"), () -> written[0]++));
        assertEquals(digits.size(), written[0]);
        List<Utterance> train = DataDir.read(root.resolve("out/train"), root.resolve("out")).utterances();
        assertEquals(List.of("ann", "bob", "cy"), train.stream().map(Utterance::speaker).distinct().toList());
        assertEquals(3 * 2 * 35 * 2, train.stream().mapToInt(utterance -> utterance.words().size()).sum());
        assertFalse(digits.write(root.resolve("out"), root.resolve("in/lexicon.txt"), () -> { }), "it is there");
        assertTrue(new ConnectedDigits(words, SEED + 1).write(root.resolve("out"), root.resolve("in/lexicon.txt"), () -> { }), "another seed, another corpus");
    }

    @Test
    void whatCannotBePutTogetherIsNamedWithItsRemedy() throws IOException {
        assertTrue(assertThrows(UserError.class, () -> digits("ann", "bob")).getMessage().contains("[ann, bob]: one is held out"));
        List<Token> few = new ArrayList<>(tokens("ann", "bob", "cy"));
        few.removeIf(token -> token.speaker().equals("bob") && token.index() >= 25);
        String lacking = assertThrows(UserError.class, () -> new ConnectedDigits(new IsolatedWords(8000, few, List.of()), SEED)).getMessage();
        assertTrue(lacking.contains("\"bob\" has 0 recordings with numbers 25 to 49"), lacking);

        corpus(root.resolve("in"), "ann", "bob", "cy");
        Path text = root.resolve("in/train/text");
        String good = Files.readString(text);
        Files.writeString(text, good.replace("ann-ah-05 ah", "ann-ah-05 ah oh"));
        assertMessage("\"ann-ah-05\" has 2 words");
        Files.writeString(text, good.replace("ann-ah-05 ah", "ann-ah-05 eh"));
        assertMessage("\"eh\" is not in lexicon.txt");
        Files.writeString(text, good);
        for (String file : List.of("text", "wav.scp", "utt2spk")) {
            Path path = root.resolve("in/train").resolve(file);
            Files.writeString(path, Files.readString(path).replace("cy-oh-49 ", "cy-oh-last "));
        }
        Files.deleteIfExists(root.resolve("in/train/spk2utt"));
        assertMessage("\"cy-oh-last\" does not end with -<number>");
        Files.delete(root.resolve("in/lexicon.txt"));
        assertMessage("lexicon.txt: no such file");
    }

    private void assertMessage(String expected) {
        String message = assertThrows(UserError.class, () -> IsolatedWords.read(root.resolve("in"))).getMessage();
        assertTrue(message.contains(expected), message);
    }

    private static ConnectedDigits digits(String... speakers) {
        return new ConnectedDigits(new IsolatedWords(8000, tokens(speakers), List.of()), SEED);
    }

    /// A tenth of a second of noise each, 14 dB quieter in the last 10 ms.
    private static List<Token> tokens(String... speakers) {
        List<Token> tokens = new ArrayList<>();
        for (String speaker : speakers) {
            for (String word : List.of("ah", "oh")) {
                for (int index = 0; index < 50; index++) {
                    float[] samples = new float[800];
                    SplittableRandom random = new SplittableRandom(SEED + (speaker + word).hashCode() + index);
                    for (int t = 0; t < samples.length; t++) {
                        samples[t] = (float) ((random.nextDouble() - 0.5) * Math.sqrt(12));
                    }
                    tokens.add(new Token("%s-%s-%02d".formatted(speaker, word, index), speaker, word, index, samples, 0.2));
                }
            }
        }
        return tokens;
    }

    /// The same as files: the first speakers in `train`, the last in `test`.
    private static void corpus(Path root, String... speakers) throws IOException {
        Files.createDirectories(root.resolve("wav"));
        List<Utterance> train = new ArrayList<>();
        for (Token token : tokens(speakers)) {
            Path wav = root.resolve("wav").resolve(token.id() + ".wav");
            float[] samples = token.samples().clone();
            for (int t = 0; t < samples.length; t++) {
                samples[t] *= 0.1f;
            }
            Wav.write(wav, samples, 8000);
            train.add(new Utterance(token.id(), token.speaker(), wav, List.of(token.word())));
        }
        DataDir.write(root.resolve("train"), root, train.stream().filter(u -> !u.speaker().equals("bob")).toList());
        DataDir.write(root.resolve("test"), root, train.stream().filter(u -> u.speaker().equals("bob")).toList());
        Files.writeString(root.resolve("lexicon.txt"), "ah A\noh O\n");
    }
}
