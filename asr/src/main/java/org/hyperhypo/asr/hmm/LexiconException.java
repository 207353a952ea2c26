package org.hyperhypo.asr.hmm;

import java.util.List;

/// A lexicon that cannot be used, with every problem found: each names file and line, what is there and what to do.
public final class LexiconException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial")
    private final List<String> problems;

    LexiconException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
