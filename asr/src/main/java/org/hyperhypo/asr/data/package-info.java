/// Kaldi-style data folders: `wav.scp`, `text`, `utt2spk`, `segments`, read whole or refused with every problem named.
package org.hyperhypo.asr.data;
