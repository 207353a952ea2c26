package org.hyperhypo.asr.prepare;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hyperhypo.asr.data.DataException;
import org.hyperhypo.asr.data.Problem;

/// The folder a corpus was unpacked to.
final class Source {
    private final Path root;
    private final List<Problem> problems = new ArrayList<>();

    Source(Path root) throws DataException {
        this.root = root;
        if (!Files.isDirectory(root)) {
            throw new DataException(List.of(new Problem(root, 0, "no such folder; give the folder that the corpus was unpacked to")));
        }
    }

    Path root() {
        return root;
    }

    List<Problem> problems() {
        return problems;
    }

    void problem(Path file, int line, String message) {
        problems.add(new Problem(file, line, message));
    }

    interface FileAction {
        void accept(Path file, Matcher name) throws IOException;
    }

    /// Every file whose path below the root, written with `/`, matches, sorted.
    void files(String pattern, FileAction action) throws IOException {
        Pattern wanted = Pattern.compile(pattern);
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            all = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : all) {
            Matcher match = wanted.matcher(root.relativize(file).toString().replace('\\', '/'));
            if (match.matches()) {
                action.accept(file, match);
            }
        }
    }

    /// Lines of a file that the corpus must have.
    List<String> lines(String name) throws IOException {
        return lines(root.resolve(name));
    }

    List<String> lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new DataException(List.of(new Problem(file, 0, "no such file; give the folder that the corpus was unpacked to, whole")));
        }
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            DataException failure = new DataException(List.of(new Problem(file, 0, "not UTF-8; get the corpus again")));
            failure.initCause(e);
            throw failure;
        }
    }

    /// Lines of a file that it may have.
    List<String> linesIfThere(String name) throws IOException {
        return Files.exists(root.resolve(name)) ? lines(name) : List.of();
    }

    /// Words of a transcript in upper case.
    static List<String> words(String text) {
        return Stream.of(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).map(word -> word.toUpperCase(Locale.ROOT)).toList();
    }
}
