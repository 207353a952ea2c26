package org.hyperhypo.asr.data;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// A data folder that cannot be used, with all its problems.
public class DataException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient List<Problem> problems;

    public DataException(List<Problem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    /// Every problem; the message shows the first 20.
    public List<Problem> problems() {
        return problems;
    }

    private static String text(List<Problem> problems) {
        String head = problems.size() == 1 ? "" : problems.size() + " problems:\n";
        String tail = problems.size() > SHOWN ? "\n… and " + (problems.size() - SHOWN) + " more" : "";
        return problems.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n", head, tail));
    }
}
