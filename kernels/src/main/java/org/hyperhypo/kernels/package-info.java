/// Float arrays in, float arrays out: the arithmetic of a convolutional network as plain scalar loops and as SIMD routines that give the same bits.
///
/// Start at [org.hyperhypo.kernels.Kernels]; kernels/README.md draws the layouts and explains the SIMD classes.
package org.hyperhypo.kernels;
