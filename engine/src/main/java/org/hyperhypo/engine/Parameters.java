package org.hyperhypo.engine;

/// The numbers of one layer with neurons: weight (neurons, inputs), bias (neurons), gate (neurons; null where the layer has none).
record Parameters(NeuronLayer layer, float[] weight, float[] bias, float[] gate) {
}
