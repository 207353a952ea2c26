package org.hyperhypo.kernels;

/// Optimizer steps in plain loops. C2 turns them into SIMD code by itself, with the same bits, so the SIMD kernels use them too.
final class ScalarUpdates {
    private ScalarUpdates() {
    }

    static void sgd(float[] p, float[] g, int from, int count, float rate, float decay) {
        for (int i = from; i < from + count; i++) {
            float gradient = Math.fma(decay, p[i], g[i]);
            p[i] = Math.fma(-rate, gradient, p[i]);
        }
    }

    static void momentum(float[] p, float[] g, float[] v, int from, int count, float rate, float momentum, float decay, boolean nesterov) {
        if (nesterov) {
            nesterov(p, g, v, from, count, rate, momentum, decay);
        } else {
            momentum(p, g, v, from, count, rate, momentum, decay);
        }
    }

    private static void momentum(float[] p, float[] g, float[] v, int from, int count, float rate, float momentum, float decay) {
        for (int i = from; i < from + count; i++) {
            float parameter = p[i];
            float velocity = Math.fma(momentum, v[i], Math.fma(decay, parameter, g[i]));
            v[i] = velocity;
            p[i] = Math.fma(-rate, velocity, parameter);
        }
    }

    private static void nesterov(float[] p, float[] g, float[] v, int from, int count, float rate, float momentum, float decay) {
        for (int i = from; i < from + count; i++) {
            float gradient = Math.fma(decay, p[i], g[i]);
            float velocity = Math.fma(momentum, v[i], gradient);
            v[i] = velocity;
            p[i] = Math.fma(-rate, Math.fma(momentum, velocity, gradient), p[i]);
        }
    }

    static void adam(float[] p, float[] g, float[] m, float[] v, int from, int count, float rate, float beta1, float beta2,
                     float eps, float correction1, float correction2, float decay, boolean decoupled) {
        float keep = decoupled ? 1f - rate * decay : 1f;
        float pull = decoupled ? 0f : decay;
        float step = rate / correction1;
        float root = (float) Math.sqrt(correction2);
        float rest1 = 1f - beta1;
        float rest2 = 1f - beta2;
        for (int i = from; i < from + count; i++) {
            float parameter = keep * p[i];
            float gradient = Math.fma(pull, parameter, g[i]);
            float first = Math.fma(beta1, m[i], rest1 * gradient);
            float second = Math.fma(beta2, v[i], rest2 * gradient * gradient);
            m[i] = first;
            v[i] = second;
            p[i] = Math.fma(-step, first / ((float) Math.sqrt(second) / root + eps), parameter);
        }
    }
}
