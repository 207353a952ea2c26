package org.hyperhypo.asr.decode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hyperhypo.asr.audio.WholeFile;

/// Lattices as HTK's standard lattice format (SLF 1.0): words on links, `!NULL` for silence, times in seconds. Scores are natural logs as
/// they entered the search (scaled, the word penalty inside `l`), so all scales in the header are 1; `p` is the link's posterior.
public final class Slf {
    private Slf() {
    }

    /// @param secondsPerFrame frame shift
    public static void write(Path file, String utterance, Lattice lattice, double secondsPerFrame) throws IOException {
        WholeFile.write(file, text(utterance, lattice, secondsPerFrame).getBytes(StandardCharsets.UTF_8));
    }

    static String text(String utterance, Lattice lattice, double secondsPerFrame) {
        List<Lattice.Arc> arcs = lattice.arcs();
        double[] posterior = lattice.posteriors(TreeDecoder.CONFIDENCE_SCALE);
        int last = lattice.nodes();
        int ends = 0;
        for (int n = 0; n < last; n++) {
            ends += lattice.end(n) > Double.NEGATIVE_INFINITY ? 1 : 0;
        }
        var text = new StringBuilder("VERSION=1.0\nUTTERANCE=" + utterance + "\nbase=2.71828183\nlmscale=1.0\nacscale=1.0\nwdpenalty=0.0\n");
        text.append("start=0 end=").append(last).append("\nN=").append(last + 1).append(" L=").append(arcs.size() + ends).append('\n');
        int end = 0;
        for (int n = 0; n < last; n++) {
            text.append(String.format(Locale.ROOT, "I=%d t=%.3f\n", n, lattice.frame(n) * secondsPerFrame));
            end = Math.max(end, lattice.frame(n));
        }
        text.append(String.format(Locale.ROOT, "I=%d t=%.3f\n", last, end * secondsPerFrame));
        for (int a = 0; a < arcs.size(); a++) {
            Lattice.Arc arc = arcs.get(a);
            text.append(String.format(Locale.ROOT, "J=%d S=%d E=%d W=%s a=%.4f l=%.4f p=%.6f\n", a, arc.from(), arc.to(),
                    arc.word() == null ? "!NULL" : arc.word(), arc.acoustic(), arc.lm(), posterior[a]));
        }
        int link = arcs.size();
        for (int n = 0; n < last; n++) {
            if (lattice.end(n) > Double.NEGATIVE_INFINITY) {
                text.append(String.format(Locale.ROOT, "J=%d S=%d E=%d W=!NULL a=0.0000 l=%.4f\n", link++, n, last, lattice.end(n)));
            }
        }
        return text.toString();
    }
}
