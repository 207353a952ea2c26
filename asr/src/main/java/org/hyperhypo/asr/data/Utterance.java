package org.hyperhypo.asr.data;

import java.nio.file.Path;
import java.util.List;

/// One utterance: an audio file, who speaks, and what is said (empty where the words are unknown).
public record Utterance(String id, String speaker, Path audio, List<String> words) {
    public Utterance {
        words = List.copyOf(words);
    }
}
