package org.hyperhypo.experiments.adapt;

import org.hyperhypo.engine.Peers;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.Recognizer;

/// Decoding and adapting in turn: after the first round an arm learns what its own network of the round before hears.
///
/// Every round starts from the source network, so that a later round differs from the first in its labels alone.
public final class DecodeAdapt {
    private final AcousticModel source;
    private final Recognizer recognizer;
    private final FirstPass first;
    private final UtteranceSelection.Trust trust;
    private final int[] reference;
    private final int rounds;
    private final Adaptation adaptation;

    /// @param reference state labels of the reference transcripts; null where no arm asks for them
    public DecodeAdapt(AcousticModel source, Recognizer recognizer, FirstPass first, UtteranceSelection.Trust trust, int[] reference, int rounds,
                       Adaptation.Options options) {
        this(source, recognizer, first, trust, reference, rounds, options, Peers.NONE);
    }

    /// @param peers processes that train together, see [Adaptation]
    public DecodeAdapt(AcousticModel source, Recognizer recognizer, FirstPass first, UtteranceSelection.Trust trust, int[] reference, int rounds,
                       Adaptation.Options options, Peers peers) {
        this.source = source;
        this.recognizer = recognizer;
        this.first = first;
        this.trust = trust;
        this.reference = reference;
        this.rounds = rounds;
        this.adaptation = new Adaptation(source.network(), source.splice(first.set()), labels(first), options, peers);
    }

    /// The arms of the first round.
    public Adaptation adaptation() {
        return adaptation;
    }

    /// The network after the last round, with the training time of all rounds.
    public Adaptation.Outcome run(Arm arm, int draw) {
        Adaptation.Outcome outcome = adaptation.run(arm, draw);
        boolean listens = !arm.stages().isEmpty() && !arm.needsReference();
        for (int round = 2; listens && round <= rounds; round++) {
            FirstPass heard = FirstPass.of(source.with(outcome.network()), recognizer, first.set());
            Adaptation.Outcome next = adaptation.with(labels(heard)).run(arm, draw);
            outcome = next.after(outcome.seconds());
        }
        return outcome;
    }

    private Adaptation.Labels labels(FirstPass pass) {
        return new Adaptation.Labels(pass.labels(pass.trusted(trust)), reference);
    }
}
