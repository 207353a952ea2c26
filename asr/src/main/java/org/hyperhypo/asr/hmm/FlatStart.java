package org.hyperhypo.asr.hmm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The first alignment of all, made without any model: the frames of an utterance are divided equally among the states of its words
/// (first pronunciation of each), after a share of the frames is set aside for silence at the two ends and between the words.
///
/// Silence that would get fewer frames than it has states is left out. Where the remaining frames are too few for the words, first
/// the pauses, then the ends give theirs back.
public final class FlatStart {
    /// Shares of the utterance's frames: `endShare` for each of the two ends, `pauseShare` for all pauses between words together.
    public record Options(double endShare, double pauseShare) {
        public Options {
            if (!(endShare >= 0 && pauseShare >= 0 && 2 * endShare + pauseShare < 1)) {
                throw new IllegalArgumentException("flat start: silence shares " + endShare + " at each end and " + pauseShare
                        + " between words leave nothing for speech; 2·ends + pauses must stay below 1");
            }
        }

        public static Options none() {
            return new Options(0, 0);
        }

        /// A tenth of the frames at each end, a tenth between the words.
        public static Options standard() {
            return new Options(0.1, 0.1);
        }
    }

    private FlatStart() {
    }

    public static Alignment align(int frames, List<String> words, Lexicon lexicon, StateInventory states, Options options) {
        lexicon.require(words);
        int speech = 0;
        for (String word : words) {
            speech += states.pronunciation(lexicon.pronunciations(word).getFirst()).length;
        }
        int silence = states.statesOf(0);
        if (frames < Math.max(1, words.isEmpty() ? silence : speech)) {
            throw new AlignmentException("flat start: " + frames + " frames are fewer than the " + (words.isEmpty() ? silence : speech)
                    + " states of \"" + String.join(" ", words) + "\"; leave the utterance out or use fewer states per phone");
        }
        var path = new Path(frames, states);
        if (words.isEmpty()) {
            path.silence(frames);
            return path.done(List.of());
        }
        int end = atLeast(silence, (int) Math.round(options.endShare * frames));
        int pauses = words.size() - 1;
        int pause = pauses == 0 ? 0 : atLeast(silence, (int) Math.round(options.pauseShare * frames / pauses));
        if (frames - 2 * end - pauses * pause < speech) {
            pause = 0;
        }
        if (frames - 2 * end < speech) {
            end = 0;
        }
        int speechFrames = frames - 2 * end - pauses * pause;
        var segments = new ArrayList<Segment>();
        path.silence(end);
        int done = 0;
        for (int w = 0; w < words.size(); w++) {
            path.silence(w == 0 ? 0 : pause);
            int start = path.at;
            int[] chain = states.pronunciation(lexicon.pronunciations(words.get(w)).getFirst());
            path.equalStates(chain, done, speech, speechFrames);
            done += chain.length;
            segments.add(new Segment(words.get(w), start, path.at));
        }
        path.silence(end);
        return path.done(segments);
    }

    private static int atLeast(int states, int frames) {
        return frames < states ? 0 : frames;
    }

    /// State per frame, filled from the left.
    private static final class Path {
        final int[] path;
        final StateInventory states;
        final List<Segment> phones = new ArrayList<>();
        int at;

        Path(int frames, StateInventory states) {
            this.path = new int[frames];
            this.states = states;
        }

        /// Silence over `frames` frames (none if 0).
        void silence(int frames) {
            if (frames > 0) {
                int[] chain = states.silence();
                equalStates(chain, 0, chain.length, frames);
            }
        }

        /// A chain whose states are number `first`… of `total` equal parts of `frames` frames: part k ends at ⌊(k+1)·frames/total⌋.
        void equalStates(int[] chain, int first, int total, int frames) {
            int start = at;
            for (int i = 0; i < chain.length; i++) {
                long k = first + i;
                int length = (int) ((k + 1) * frames / total - k * frames / total);
                Arrays.fill(path, at, at + length, chain[i]);
                at += length;
                if (i + 1 == chain.length || states.positionOf(chain[i + 1]) == 0) {
                    phones.add(new Segment(states.phones().name(states.phoneOf(chain[i])), start, at));
                    start = at;
                }
            }
        }

        Alignment done(List<Segment> words) {
            return new Alignment(path, List.copyOf(words), List.of(), List.copyOf(phones), 0, 0);
        }
    }
}
