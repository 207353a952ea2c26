/// Spoiling speech on purpose: noise at an SNR, rooms, telephone, clipping, gain. Samples in, new samples out of the same length and
/// timing, the same bits for the same seed, so that alignments of the clean speech stay valid.
package org.hyperhypo.asr.corrupt;
