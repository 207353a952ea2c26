/// Kaldi archives: float matrices in binary `ark` + `scp`, integer vectors as text.
package org.hyperhypo.asr.ark;
