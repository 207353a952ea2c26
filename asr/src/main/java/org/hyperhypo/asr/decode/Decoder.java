package org.hyperhypo.asr.decode;

/// Finds what was said. One decoder per thread; it may be used for any number of utterances, and the result of one does not depend
/// on those before.
public interface Decoder {
    /// The best path. Throws a [DecodingException] with its reason where there is none.
    Hypothesis decode(FrameScores scores);
}
