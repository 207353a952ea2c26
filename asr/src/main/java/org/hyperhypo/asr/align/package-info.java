/// Aligning what was said to the sound: Viterbi over the states of given words.
package org.hyperhypo.asr.align;
