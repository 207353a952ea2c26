package org.hyperhypo.experiments.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.hyperhypo.asr.features.FeatureOptions;
import org.hyperhypo.experiments.report.AtomicFile;

/// Times of words or phones as NIST's CTM lines: `utterance channel start duration label [confidence]`, in seconds.
///
/// A frame stands for one shift around the centre of its window: frame t begins at `t·shift + (window − shift) / 2`.
public final class Ctm {
    private final StringBuilder lines = new StringBuilder();
    private final double shift;
    private final double first;

    public Ctm(FeatureOptions frames) {
        this.shift = frames.shiftMillis() / 1000;
        this.first = (frames.windowMillis() - frames.shiftMillis()) / 2000;
    }

    /// A label on frames `start` (included) to `end` (excluded).
    public void add(String utterance, int start, int end, String label) {
        lines.append(String.format(Locale.ROOT, "%s 1 %.4f %.4f %s\n", utterance, first + start * shift, (end - start) * shift, label));
    }

    public void add(String utterance, int start, int end, String label, double confidence) {
        lines.append(String.format(Locale.ROOT, "%s 1 %.4f %.4f %s %.3f\n", utterance, first + start * shift, (end - start) * shift, label,
                confidence));
    }

    public void write(Path file) throws IOException {
        AtomicFile.write(file, lines.toString());
    }
}
