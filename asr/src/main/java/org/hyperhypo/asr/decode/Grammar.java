package org.hyperhypo.asr.decode;

import org.hyperhypo.asr.hmm.StateInventory;

/// What may be said, compiled for the search. Immutable; one grammar serves any number of decoders.
///
/// | | memory | for |
/// |---|---|---|
/// | [DecodingGraph] | all paths, written out | loops, single words, forced alignment |
/// | [LexiconTree] | one prefix tree of the lexicon; the language model is looked up on the way | n-gram models of any size |
public sealed interface Grammar permits DecodingGraph, LexiconTree {
    /// The states whose scores the decoder will ask for.
    StateInventory states();

    /// A decoder, for one thread.
    Decoder decoder(DecoderOptions options);
}
