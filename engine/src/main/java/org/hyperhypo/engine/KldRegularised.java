package org.hyperhypo.engine;

/// Cross entropy with targets drawn towards what another network says (Yu et al. 2013, "KL-divergence regularized deep neural network adaptation"):
///
/// ```
/// t[n,k] = (1 − ρ)·target[n,k] + ρ·q[n,k]            q = posteriors of the reference for the same input, in evaluation
/// ℓ_n = −Σ_k t[n,k]·log p[n,k]                       dL/dlogits[n,k] = c_n/C·(p[n,k] − t[n,k])
/// ```
/// Up to a constant this is (1 − ρ)·cross entropy + ρ·KL(q‖p): ρ = 0 is cross entropy, ρ = 1 holds the network where the reference is.
///
/// @param reference most often the network before adaptation; must not share arrays with the one that learns
public record KldRegularised(Network reference, double rho) implements Loss {
    public KldRegularised {
        if (!(rho >= 0 && rho <= 1)) {
            throw new ModelException("KldRegularised(rho " + rho + "): must be in [0, 1]");
        }
    }

    @Override
    public String toString() {
        return "KldRegularised[reference=" + reference.hash() + ", rho=" + rho + "]";
    }

    static double gradient(KldRegularised loss, View logits, Targets targets, int n, Workspace w) {
        int classes = logits.size();
        float[] t = w.losses.distributions(n * classes);
        if (loss.reference.plan().output.size() != classes) {
            throw new ModelException("KLD regularisation: the reference has " + loss.reference.plan().output.size() + " outputs, the network " + classes);
        }
        Workspace r = w.losses.reference(loss.reference, w);
        w.readSameInput(loss.reference, n, r);
        loss.reference.posteriors(n, r, t);
        float rho = (float) loss.rho;
        float[] given = targets.distributions();
        for (int i = 0; i < n; i++) {
            for (int k = i * classes; k < (i + 1) * classes; k++) {
                t[k] = given == null ? rho * t[k] : Math.fma(1f - rho, given[k], rho * t[k]);
            }
            if (given == null && targets.labels()[i] >= 0) {
                t[i * classes + targets.labels()[i]] += 1f - rho;
            }
        }
        return CrossEntropy.gradient(logits, targets, t, n, w);
    }
}
