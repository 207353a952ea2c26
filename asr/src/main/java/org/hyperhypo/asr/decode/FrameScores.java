package org.hyperhypo.asr.decode;

/// Acoustic scores of one utterance, the only thing alignment and decoding ask of a model: for every frame and HMM state
/// log p(state | frame) − κ log p(state), which is the log likelihood up to a constant per frame. Larger is better; −Infinity forbids.
public interface FrameScores {
    int frames();

    int states();

    float score(int frame, int state);
}
