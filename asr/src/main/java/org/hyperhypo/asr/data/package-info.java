/// Kaldi-style data folders: `wav.scp`, `text`, `utt2spk`, read whole or refused with every problem named.
package org.hyperhypo.asr.data;
