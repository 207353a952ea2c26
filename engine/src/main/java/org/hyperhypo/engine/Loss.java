package org.hyperhypo.engine;

/// What training makes small: a number per batch and its gradient with respect to the logits.
public sealed interface Loss permits CrossEntropy {
}
