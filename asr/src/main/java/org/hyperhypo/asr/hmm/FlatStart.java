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
            for (String phone : lexicon.pronunciations(word).getFirst()) {
                speech += states.statesOf(states.phones().index(phone));
            }
        }
        int silence = states.statesOf(0);
        if (frames < Math.max(1, words.isEmpty() ? silence : speech)) {
            throw new AlignmentException("flat start: " + frames + " frames are fewer than the " + (words.isEmpty() ? silence : speech)
                    + " states of \"" + String.join(" ", words) + "\"; leave the utterance out or use fewer states per phone");
        }
        var path = new Path(frames, states);
        if (words.isEmpty()) {
            path.phone(0, frames);
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
        path.phone(0, end);
        int done = 0;
        for (int w = 0; w < words.size(); w++) {
            path.phone(0, w == 0 ? 0 : pause);
            int start = path.at;
            for (String phone : lexicon.pronunciations(words.get(w)).getFirst()) {
                int p = states.phones().index(phone);
                int n = states.statesOf(p);
                path.equalStates(p, done, speech, speechFrames);
                done += n;
            }
            segments.add(new Segment(words.get(w), start, path.at));
        }
        path.phone(0, end);
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

        /// One phone over `frames` frames (none if 0), divided equally.
        void phone(int phone, int frames) {
            if (frames > 0) {
                equalStates(phone, 0, states.statesOf(phone), frames);
            }
        }

        /// The phone whose states are number `first`… of `total` equal parts of `frames` frames: part k ends at ⌊(k+1)·frames/total⌋.
        void equalStates(int phone, int first, int total, int frames) {
            int start = at;
            for (int i = 0; i < states.statesOf(phone); i++) {
                long k = first + i;
                int length = (int) ((k + 1) * frames / total - k * frames / total);
                Arrays.fill(path, at, at + length, states.state(phone, i));
                at += length;
            }
            phones.add(new Segment(states.phones().name(phone), start, at));
        }

        Alignment done(List<Segment> words) {
            return new Alignment(path, List.copyOf(words), List.copyOf(phones), 0, 0);
        }
    }
}
