package org.hyperhypo.experiments.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hyperhypo.asr.audio.Audio;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.experiments.corpus.SyntheticDigits.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusWriterTest {
    private static final Options SMALL = new Options(7, 4, 12, 2, 4, 2, 4, 3, 7);
    private static final Options OTHER = new Options(8, 2, 4, 1, 2, 1, 2, 3, 4);

    @TempDir
    Path folder;

    private static Map<String, byte[]> files(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            paths.filter(Files::isRegularFile).forEach(path -> {
                try {
                    files.put(root.relativize(path).toString(), Files.readAllBytes(path));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return files;
    }

    @Test
    void sameBytesOnEveryRunAndForAnyNumberOfThreads() throws IOException {
        Map<String, byte[]> first = null;
        for (int threads : new int[] {1, 3, 1}) {
            Path root = Files.createTempDirectory(folder, "data");
            List<SyntheticDigits.Progress> progress = new ArrayList<>();
            assertTrue(SyntheticDigits.write(root, SMALL, threads, progress::add));
            assertEquals(new SyntheticDigits.Progress(20, 20), progress.getLast());
            Map<String, byte[]> files = files(root);
            assertEquals(20 + 3 * 5 + 3, files.size(), files.keySet().toString());
            if (first == null) {
                first = files;
            }
            assertEquals(first.keySet(), files.keySet());
            for (String name : files.keySet()) {
                assertArrayEquals(first.get(name), files.get(name), name + " with " + threads + " threads");
            }
        }
    }

    @Test
    void dataFoldersReadBackAndAgreeWithThePlanAndTheSpeech() throws IOException {
        SyntheticDigits.write(folder, SMALL, 2, progress -> { });
        Map<String, List<UtterancePlan>> plan = SyntheticDigits.plan(SMALL);
        for (String set : plan.keySet()) {
            DataDir data = DataDir.read(folder.resolve(set), folder);
            assertEquals(List.of(), data.notes());
            assertEquals(plan.get(set).stream().map(UtterancePlan::id).toList(), data.utterances().stream().map(Utterance::id).toList());
            for (int i = 0; i < data.utterances().size(); i++) {
                Utterance read = data.utterances().get(i);
                assertEquals(plan.get(set).get(i).words(), read.words());
                assertEquals(folder.resolve("wav").resolve(set).resolve(read.speaker()).resolve(read.id() + ".wav"), Path.of(read.audio().toString()));
                Audio audio = AudioFiles.read(read.audio());
                assertEquals(SyntheticDigits.RATE, audio.rate());
                assertArrayEquals(SyntheticDigits.speak(plan.get(set).get(i)).samples(), audio.channels()[0], 0.51f / 32768);
            }
        }
        String readme = Files.readString(folder.resolve("README.txt"));
        assertTrue(readme.contains("SYNTHETIC") && readme.contains("kevin16") && readme.contains("seed=7"), readme);
    }

    @Test
    void lexiconHasEveryWordOfTextAndExactlyThePhonesOfCtm() throws IOException {
        SyntheticDigits.write(folder, SMALL, 2, progress -> { });
        Map<String, List<String>> lexicon = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("lexicon.txt"))) {
            String[] parts = line.split(" ");
            lexicon.put(parts[0], List.of(parts).subList(1, parts.length));
        }
        for (String set : List.of("train", "dev", "test")) {
            Map<String, List<String>> phones = new TreeMap<>();
            Map<String, Double> end = new TreeMap<>();
            for (String line : Files.readAllLines(folder.resolve(set).resolve("phones.ctm"))) {
                String[] parts = line.split(" ");
                assertEquals("1", parts[1]);
                assertEquals(end.getOrDefault(parts[0], 0.0), Double.parseDouble(parts[2]), 2e-4, line);
                end.put(parts[0], Double.parseDouble(parts[2]) + Double.parseDouble(parts[3]));
                if (!parts[4].equals("SIL")) {
                    phones.computeIfAbsent(parts[0], id -> new ArrayList<>()).add(parts[4]);
                }
            }
            for (String line : Files.readAllLines(folder.resolve(set).resolve("text"))) {
                String[] parts = line.split(" ");
                List<String> expected = Arrays.stream(parts).skip(1).flatMap(word -> lexicon.get(word).stream()).toList();
                assertEquals(expected, phones.get(parts[0]), line);
            }
        }
        Set<String> used = new HashSet<>();
        lexicon.values().forEach(used::addAll);
        assertEquals(20, used.size(), used.toString());
    }

    @Test
    void finishedCorpusOfEqualOptionsIsLeftAloneOthersAreReplacedWhole() throws IOException {
        assertTrue(SyntheticDigits.write(folder, SMALL, 2, progress -> { }));
        Map<String, byte[]> before = files(folder);
        assertFalse(SyntheticDigits.write(folder, SMALL, 2, progress -> { throw new AssertionError("spoke again"); }));
        assertEquals(before.keySet(), files(folder).keySet());
        Files.writeString(folder.resolve("mine.txt"), "stays");
        assertTrue(SyntheticDigits.write(folder, OTHER, 2, progress -> { }));
        assertEquals(8 + 3 * 5 + 3 + 1, files(folder).size(), files(folder).keySet().toString());
        assertNotEquals(0, Files.size(folder.resolve("mine.txt")));
    }

    @Test
    void anUnfinishedRunIsMadeAgainAndAStrangersFolderIsRefused() throws IOException {
        Runnable stop = () -> {
            throw new IllegalStateException("stopped");
        };
        assertThrows(IllegalStateException.class, () -> SyntheticDigits.write(folder, OTHER, 1, progress -> stop.run()));
        assertFalse(Files.exists(folder.resolve(".finished")) || Files.exists(folder.resolve("train")));
        assertTrue(SyntheticDigits.write(folder, OTHER, 1, progress -> { }));
        assertFalse(Files.exists(folder.resolve(".partial")));

        Path strange = Files.createDirectories(folder.resolve("strange"));
        Files.createDirectories(strange.resolve("train"));
        String message = assertThrows(IOException.class, () -> SyntheticDigits.write(strange, OTHER, 1, progress -> { })).getMessage();
        assertTrue(message.contains("train") && message.contains("another folder"), message);
    }
}
