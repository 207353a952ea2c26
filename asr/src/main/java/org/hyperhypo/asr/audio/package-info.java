/// Samples in and out: WAV, FLAC and NIST SPHERE readers that refuse what they cannot read right, a WAV writer, a resampler.
///
/// Samples are floats in −1..1 (an integer sample divided by 2^(bits−1)); float files may go beyond and are kept as they are.
package org.hyperhypo.asr.audio;
