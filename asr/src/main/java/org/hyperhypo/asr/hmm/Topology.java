package org.hyperhypo.asr.hmm;

import java.util.Collections;
import java.util.List;

/// Left-to-right phone models without skips: one self-loop probability per state, for phones and for silence.
/// The probability of going forward is 1 minus the self loop. A phone lasts at least as many frames as it has states.
///
/// @param phoneSelfLoops self-loop probability of each state of a phone, first state first
/// @param silenceSelfLoops the same for the silence phone
public record Topology(List<Double> phoneSelfLoops, List<Double> silenceSelfLoops) {
    public Topology {
        phoneSelfLoops = List.copyOf(phoneSelfLoops);
        silenceSelfLoops = List.copyOf(silenceSelfLoops);
        check("phone", phoneSelfLoops);
        check("silence", silenceSelfLoops);
    }

    /// Three states per phone and for silence, self loop 0.5: about what 10 ms frames need, and too weak to matter beside the network.
    public static Topology standard() {
        return of(3, 3, 0.5);
    }

    public static Topology of(int phoneStates, int silenceStates, double selfLoop) {
        if (phoneStates < 1 || silenceStates < 1) {
            throw new IllegalArgumentException("topology: " + phoneStates + " states per phone and " + silenceStates
                    + " for silence; both must be at least 1");
        }
        return new Topology(Collections.nCopies(phoneStates, selfLoop), Collections.nCopies(silenceStates, selfLoop));
    }

    /// Number of states of a phone, which is also its shortest duration in frames.
    public int states(boolean silence) {
        return (silence ? silenceSelfLoops : phoneSelfLoops).size();
    }

    public double logSelfLoop(boolean silence, int position) {
        return Math.log((silence ? silenceSelfLoops : phoneSelfLoops).get(position));
    }

    public double logForward(boolean silence, int position) {
        return Math.log1p(-(silence ? silenceSelfLoops : phoneSelfLoops).get(position));
    }

    private static void check(String what, List<Double> loops) {
        if (loops.isEmpty()) {
            throw new IllegalArgumentException("topology: no states for " + what + "; give at least one self-loop probability");
        }
        for (int i = 0; i < loops.size(); i++) {
            double p = loops.get(i);
            if (!(p > 0 && p < 1)) {
                throw new IllegalArgumentException("topology: self loop of " + what + " state " + i + " is " + p
                        + "; it must lie between 0 and 1, both excluded");
            }
        }
    }
}
