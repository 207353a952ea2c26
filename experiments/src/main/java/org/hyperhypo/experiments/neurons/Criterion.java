package org.hyperhypo.experiments.neurons;

import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.hyperhypo.experiments.UserError;

/// One number per neuron by which neurons can be ranked. A new criterion is a new line here: tables, reports, commands and the removal sweep
/// take it from this list.
///
/// Formulas are those of the method, section 2; a is a neuron's output, r its activity rate, w its incoming row, v its outgoing column, δ = ∂L/∂a.
public enum Criterion {
    ACTIVITY_RATE("activity rate", "r, share of frames with a > τ", Hyper.HIGHEST, (e, l) -> e.layer(l)::rate),
    MEAN("mean", "μ", Hyper.HIGHEST, (e, l) -> e.layer(l)::mean),
    SPREAD("spread", "σ", Hyper.LOWEST, (e, l) -> e.layer(l)::deviation),
    ENERGY("energy", "mean a²", Hyper.HIGHEST, (e, l) -> e.layer(l)::energy),
    MINIMUM("minimum", "min a", Hyper.HIGHEST, (e, l) -> n -> e.layer(l).min()[n]),
    MAXIMUM("maximum", "max a", Hyper.HIGHEST, (e, l) -> n -> e.layer(l).max()[n]),
    NON_ZEROS("non-zeros", "1 − APoZ, APoZ the share of frames with a ≤ ε", Hyper.HIGHEST, (e, l) -> n -> 1 - e.layer(l).zeros(n)),
    FIRING_ENTROPY("firing entropy", "−r log₂ r − (1−r) log₂(1−r)", Hyper.LOWEST, (e, l) -> e.layer(l)::entropy),
    AMPLITUDE_ENTROPY("amplitude entropy", "entropy of a in 32 bins, over log₂ 32", Hyper.LOWEST, (e, l) -> e.layer(l)::amplitudeEntropy),
    WINDOWED_ENTROPY("windowed entropy", "entropy of a in 8 bins over 50 frames, mean over windows", Hyper.LOWEST, (e, l) -> of(e.activity().windowedEntropy(l))),
    SELECTIVITY("state selectivity", "η², between-state variance over σ²", Hyper.LOWEST, (e, l) -> e.activity().states(l)::selectivity),
    REDUNDANCY("redundancy", "max |corr(aₙ, aⱼ)|", Hyper.LOWEST, (e, l) -> e.correlations() == null ? null : n -> e.correlations().redundancy(l, n)),
    IN_NORM_1("in-norm 1", "‖w‖₁", Hyper.HIGHEST, (e, l) -> n -> Weights.inNorm1(e.network(), l, n)),
    IN_NORM("in-norm 2", "‖w‖₂", Hyper.HIGHEST, (e, l) -> n -> Weights.inNorm(e.network(), l, n)),
    OUT_NORM_1("out-norm 1", "‖v‖₁", Hyper.HIGHEST, (e, l) -> n -> Weights.outNorm1(e.network(), l, n)),
    OUT_NORM("out-norm 2", "‖v‖₂", Hyper.HIGHEST, (e, l) -> n -> Weights.outNorm(e.network(), l, n)),
    DRIVE("bias drive", "b + w · E[h below]", Hyper.HIGHEST, (e, l) -> {
        double[] below = e.activity().meansBelow(l);
        return n -> Weights.drive(e.network(), l, n, below);
    }),
    VARIANCE_PASSED("variance passed on", "‖v‖₂ σ", Hyper.LOWEST, (e, l) -> n -> Weights.outNorm(e.network(), l, n) * e.layer(l).deviation(n)),
    BIAS_PASSED("bias passed on", "‖v‖₂ |μ|", Hyper.HIGHEST, (e, l) -> n -> Weights.outNorm(e.network(), l, n) * Math.abs(e.layer(l).mean(n))),
    TAYLOR_MEAN("Taylor, mean size", "mean |a δ|", Hyper.HIGHEST, (e, l) -> e.gradients() == null ? null : n -> e.gradients().taylorMean(l, n)),
    TAYLOR_SUM("Taylor, sum", "|Σ a δ|", Hyper.HIGHEST, (e, l) -> e.gradients() == null ? null : n -> e.gradients().taylorSum(l, n)),
    TAYLOR_SQUARED("Taylor, squared", "Σ over batches (Σ a δ)²", Hyper.HIGHEST, (e, l) -> e.gradients() == null ? null : n -> e.gradients().taylorSquared(l, n)),
    SNIP("SNIP gate", "|∂L/∂g| over the sum of all", Hyper.HIGHEST, (e, l) -> e.gradients() == null ? null : n -> e.gradients().snip(l, n)),
    ABLATION("ablation", "ΔL = L(g = 0) − L(g = 1)", Hyper.HIGHEST, (e, l) -> e.ablation() == null ? null : n -> e.ablation().increase(l, n)),
    VIOLATION("violation rate", "share of frames with a smaller loss without the neuron", Hyper.HIGHEST,
            (e, l) -> e.ablation() == null ? null : n -> e.ablation().violation(l, n)),
    SHIFT("shift", "|μ target − μ source| / σ source", Hyper.LOWEST,
            (e, l) -> e.shift() == null ? null : n -> Math.abs(e.shift().mean(l, n))),
    DIVERGENCE("divergence", "Jensen-Shannon divergence of the source and target histograms", Hyper.LOWEST,
            (e, l) -> e.shift() == null ? null : n -> e.shift().jensenShannon(l, n));

    /// At which end of the ranking hyper neurons are looked for; hypo neurons are looked for at the low end. `LOWEST` for what is small for
    /// always-on and always-off neurons alike.
    public enum Hyper { HIGHEST, LOWEST }

    private interface Measure {
        /// Value by neuron of a layer, null where the evidence is not there.
        IntToDoubleFunction of(Evidence evidence, String layer);
    }

    private final String label;
    private final String formula;
    private final Hyper hyper;
    private final Measure measure;

    Criterion(String label, String formula, Hyper hyper, Measure measure) {
        this.label = label;
        this.formula = formula;
        this.hyper = hyper;
        this.measure = measure;
    }

    public String label() {
        return label;
    }

    public String formula() {
        return formula;
    }

    public Hyper hyper() {
        return hyper;
    }

    /// The column of this criterion in tables: `activity_rate`.
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Criterion of(String column) {
        for (Criterion criterion : values()) {
            if (criterion.column().equals(column.toLowerCase(Locale.ROOT).replace('-', '_'))) {
                return criterion;
            }
        }
        throw new UserError("criterion \"" + column + "\" is not known; there are "
                + String.join(", ", java.util.Arrays.stream(values()).map(Criterion::column).toList()));
    }

    public boolean measured(Evidence evidence, String layer) {
        return measure.of(evidence, layer) != null;
    }

    /// One value per neuron of the layer; NaN where it was not measured or is not defined.
    public double[] values(Evidence evidence, String layer) {
        IntToDoubleFunction function = measure.of(evidence, layer);
        double[] values = new double[evidence.layer(layer).neurons()];
        java.util.Arrays.setAll(values, n -> function == null ? Double.NaN : function.applyAsDouble(n));
        return values;
    }

    private static IntToDoubleFunction of(double[] values) {
        return n -> values[n];
    }
}
