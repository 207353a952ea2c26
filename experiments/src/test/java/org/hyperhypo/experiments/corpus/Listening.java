package org.hyperhypo.experiments.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// Measurements on audio, for claims about speakers.
final class Listening {
    private static final Set<String> VOWELS = Set.of("AA", "AH", "AO", "AY", "EH", "EY", "IH", "IY", "OW", "UW");
    private static final double LOWEST_HZ = 200;
    private static final double HIGHEST_HZ = 6000;
    /// Points an octave of the logarithmic frequency axis.
    private static final int OCTAVE = 48;

    private Listening() {
    }

    /// Median over vowels of the strongest autocorrelation between 60 and 300 Hz, in Hz.
    static double pitch(SpokenUtterance utterance) {
        List<Double> values = new ArrayList<>();
        float[] x = utterance.samples();
        int half = 400;
        for (TimedLabel phone : utterance.phones()) {
            int centre = (int) ((phone.start() + phone.end()) / 2 * SyntheticDigits.RATE);
            if (!VOWELS.contains(phone.label()) || centre < half || centre + half + 270 > x.length) {
                continue;
            }
            double best = 0;
            int bestLag = 0;
            for (int lag = 53; lag < 270; lag++) {
                double product = 0;
                double here = 0;
                double there = 0;
                for (int n = centre - half; n < centre + half; n++) {
                    product += x[n] * x[n + lag];
                    here += x[n] * x[n];
                    there += x[n + lag] * x[n + lag];
                }
                // The small slope prefers one period to two.
                double score = product / Math.sqrt(here * there) - lag * 2e-4;
                if (score > best) {
                    best = score;
                    bestLag = lag;
                }
            }
            values.add((double) SyntheticDigits.RATE / bestLag);
        }
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    /// Spectral envelope of the vowels: mean log power at frequencies `200·2^(i/48)` Hz, smoothed over a third of an octave and 250 Hz at least, mean 0.
    static double[] envelope(SpokenUtterance utterance) {
        int points = (int) (OCTAVE * Math.log(HIGHEST_HZ / LOWEST_HZ) / Math.log(2));
        double[] power = new double[SyntheticDigits.RATE / 2 / 25];
        for (TimedLabel phone : utterance.phones()) {
            int size = 640;
            int from = (int) ((phone.start() + phone.end()) / 2 * SyntheticDigits.RATE) - size / 2;
            if (!VOWELS.contains(phone.label()) || from < 0 || from + size > utterance.samples().length) {
                continue;
            }
            for (int bin = 0; bin < power.length; bin++) {
                double real = 0;
                double imaginary = 0;
                for (int n = 0; n < size; n++) {
                    double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / size);
                    double angle = 2 * Math.PI * bin * n / size;
                    real += window * utterance.samples()[from + n] * Math.cos(angle);
                    imaginary += window * utterance.samples()[from + n] * Math.sin(angle);
                }
                power[bin] += real * real + imaginary * imaginary;
            }
        }
        double[] envelope = new double[points];
        double mean = 0;
        for (int i = 0; i < points; i++) {
            double hz = LOWEST_HZ * Math.pow(2, (double) i / OCTAVE);
            double reach = Math.max(125, hz * 0.12);
            double sum = 0;
            for (int bin = (int) ((hz - reach) / 25); bin <= (hz + reach) / 25; bin++) {
                sum += power[Math.clamp(bin, 0, power.length - 1)];
            }
            envelope[i] = Math.log(sum);
            mean += envelope[i] / points;
        }
        for (int i = 0; i < points; i++) {
            envelope[i] -= mean;
        }
        return envelope;
    }

    /// The factor on the frequency axis that brings envelope `a` closest to `b`.
    static double stretch(double[] a, double[] b) {
        double best = Double.POSITIVE_INFINITY;
        int bestShift = 0;
        for (int shift = -OCTAVE / 2; shift <= OCTAVE / 2; shift++) {
            List<Double> differences = new ArrayList<>();
            for (int i = 0; i < a.length; i++) {
                if (i + shift >= 0 && i + shift < b.length) {
                    differences.add(b[i + shift] - a[i]);
                }
            }
            double mean = differences.stream().mapToDouble(d -> d).average().orElseThrow();
            double variance = differences.stream().mapToDouble(d -> (d - mean) * (d - mean)).average().orElseThrow();
            if (variance < best) {
                best = variance;
                bestShift = shift;
            }
        }
        return Math.pow(2, (double) bestShift / OCTAVE);
    }
}
