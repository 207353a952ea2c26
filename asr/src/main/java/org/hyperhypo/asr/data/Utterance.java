package org.hyperhypo.asr.data;

import java.nio.file.Path;
import java.util.List;
import org.hyperhypo.asr.audio.AudioSource;

/// One utterance: where its audio is, who speaks, and what is said (empty where the words are unknown).
///
/// @param segment the part of the audio that it is, or null for all of it
public record Utterance(String id, String speaker, AudioSource audio, Segment segment, List<String> words) {
    public Utterance {
        words = List.copyOf(words);
    }

    /// A whole file.
    public Utterance(String id, String speaker, Path audio, List<String> words) {
        this(id, speaker, new AudioSource.File(audio), null, words);
    }
}
