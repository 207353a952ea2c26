/// Kaldi archives: float, double and integer vectors and matrices, binary and text, gzipped, with scp files and ranges; compressed matrices are read.
package org.hyperhypo.asr.ark;
