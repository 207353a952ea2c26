/// Samples to feature vectors: mel (equal to Kaldi's) and gammatone filterbanks, MFCC, deltas, normalisation, frames of context.
package org.hyperhypo.asr.features;
