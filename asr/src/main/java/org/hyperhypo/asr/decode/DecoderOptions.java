package org.hyperhypo.asr.decode;

/// How the search weighs and prunes.
///
/// @param acousticScale factor on every frame score; transitions, language model and penalty are not scaled
/// @param wordPenalty added once per word: negative values make fewer words, positive ones more
/// @param beam tokens worse than the best of the frame by more than this are dropped; +Infinity keeps all
/// @param maxActive at most about this many tokens live in a frame (those that tie with the last one kept live too)
public record DecoderOptions(double acousticScale, double wordPenalty, double beam, int maxActive) {
    public DecoderOptions {
        if (!(acousticScale > 0) || Double.isInfinite(acousticScale)) {
            throw new IllegalArgumentException("decoder: acoustic scale " + acousticScale + " must be a positive number, for instance 0.5");
        }
        if (!Double.isFinite(wordPenalty)) {
            throw new IllegalArgumentException("decoder: word penalty " + wordPenalty + " must be a number, for instance -10");
        }
        if (!(beam > 0)) {
            throw new IllegalArgumentException("decoder: beam " + beam + " must be positive; use Infinity for an exact search");
        }
        if (maxActive < 1) {
            throw new IllegalArgumentException("decoder: maxActive " + maxActive + " must be at least 1");
        }
    }

    /// No pruning, so that the path found is the best there is.
    public static DecoderOptions exact(double acousticScale, double wordPenalty) {
        return new DecoderOptions(acousticScale, wordPenalty, Double.POSITIVE_INFINITY, Integer.MAX_VALUE);
    }
}
