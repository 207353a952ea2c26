package org.hyperhypo.engine;

/// Learning hidden unit contributions (Swietojanski and Renals 2014): each gate is a function of one learned number θ, and nothing else learns.
///
/// ```
/// forward    g = 2σ(θ) = 2 / (1 + exp(−θ))          θ = 0: g = 1, the network as it was
/// backward   dθ = dg·g·(1 − g/2)
/// ```
/// A closed gate (0) stays closed. θ is what an optimizer with a state for [Learning#GATES] updates; the gates of the network follow at every step.
final class Lhuc {
    private Lhuc() {
    }

    /// Held inside (0, 2), so that rounding neither closes a gate nor leaves it without an inverse.
    static float gate(float theta) {
        return Math.clamp((float) (2 / (1 + StrictMath.exp(-theta))), Float.MIN_NORMAL, Math.nextDown(2f));
    }

    /// The inverse, for a gate in (0, 2); 0 for a closed one.
    static float theta(float gate, NeuronLayer layer, int neuron) {
        if (!(gate >= 0 && gate < 2)) {
            throw new ModelException("LHUC: gate " + neuron + " of layer " + layer.name() + " is " + gate + "; must be 0 (closed) or between 0 and 2");
        }
        return gate == 0f ? 0f : (float) StrictMath.log(gate / (2.0 - gate));
    }

    static float[] thetas(Parameters p) {
        float[] theta = new float[p.gate().length];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = theta(p.gate()[i], p.layer(), i);
        }
        return theta;
    }

    /// `dTheta` from the gradients of the gates, for the chosen rows.
    static void gradient(float[] gate, float[] dGate, int[] rows, float[] dTheta) {
        for (int row : rows) {
            dTheta[row] = dGate[row] * gate[row] * (1f - gate[row] / 2f);
        }
    }

    /// Sets the gates of the chosen rows that are not closed.
    static void apply(float[] theta, int[] rows, float[] gate) {
        for (int row : rows) {
            gate[row] = gate[row] == 0f ? 0f : gate(theta[row]);
        }
    }
}
