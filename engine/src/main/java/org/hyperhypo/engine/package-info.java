/// A small neural-network engine whose frozen neurons are frozen to the bit.
///
/// Start with [org.hyperhypo.engine.Trainer]; then [org.hyperhypo.engine.NetworkSpec] (what a network is), [org.hyperhypo.engine.Network] (its numbers)
/// and [org.hyperhypo.engine.NeuronMask] (which neurons learn, or go).
package org.hyperhypo.engine;
