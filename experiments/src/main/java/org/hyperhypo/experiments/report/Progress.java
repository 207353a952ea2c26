package org.hyperhypo.experiments.report;

import java.io.PrintStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/// Tells a person how far a long job is: one line rewritten in place on a terminal, a plain line every few seconds in a log.
///
/// Several threads may report; the wall seconds of closed stages are kept for the run record.
public final class Progress implements AutoCloseable {
    private static final long TERMINAL_EVERY = 100_000_000L;
    private static final long PLAIN_EVERY = 5_000_000_000L;
    private static final int WIDTH = 100;

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private long lastShown;
    private int shownLength;

    public Progress(PrintStream out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    /// On standard error; live when the launcher says `hyperhypo.terminal=true`.
    public static Progress standard() {
        return new Progress(System.err, Boolean.getBoolean("hyperhypo.terminal"), System::nanoTime);
    }

    /// Opens a stage of `total` steps; 0 when the number is not known.
    public Stage stage(String name, long total) {
        return new Stage(name, total);
    }

    /// Wall seconds per closed stage, in order of closing; a name used twice adds up.
    public synchronized Map<String, Double> seconds() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    }

    /// A line that stays, above the live one.
    public synchronized void say(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    @Override
    public synchronized void close() {
        clear();
        out.flush();
    }

    private void clear() {
        if (shownLength > 0) out.print("\r" + " ".repeat(shownLength) + "\r");
        shownLength = 0;
    }

    private void show(String line) {
        if (!terminal) {
            out.println(line);
        } else {
            String cut = line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line;
            out.print("\r" + cut + " ".repeat(Math.max(0, shownLength - cut.length())));
            shownLength = cut.length();
        }
        out.flush();
    }

    /// One stage of the job; closing it prints how long it took.
    public final class Stage implements AutoCloseable {
        private final String name;
        private final long total;
        private final long begun;
        private long done;
        private String note = "";
        private boolean closed;

        private Stage(String name, long total) {
            synchronized (Progress.this) {
                this.name = name;
                this.total = total;
                this.begun = nanos.getAsLong();
                lastShown = begun;
                if (terminal) show(line(begun));
            }
        }

        public void step() {
            step(1);
        }

        public void step(long count) {
            synchronized (Progress.this) {
                done += count;
                maybeShow();
            }
        }

        /// A few words shown after the count, such as the current loss.
        public void note(String words) {
            synchronized (Progress.this) {
                note = words;
                maybeShow();
            }
        }

        private void maybeShow() {
            long now = nanos.getAsLong();
            if (closed || now - lastShown < (terminal ? TERMINAL_EVERY : PLAIN_EVERY)) return;
            lastShown = now;
            show(line(now));
        }

        private String line(long now) {
            StringBuilder line = new StringBuilder(name);
            if (total > 0) line.append(String.format(Locale.ROOT, "  %d/%d", done, total));
            else if (done > 0) line.append("  ").append(done);
            double elapsed = (now - begun) / 1e9;
            if (!note.isEmpty()) line.append("  ").append(note);
            line.append("  ").append(duration(elapsed));
            if (total > 0 && done > 0 && done < total) line.append(", ").append(duration(elapsed * (total - done) / done)).append(" left");
            return line.toString();
        }

        @Override
        public void close() {
            synchronized (Progress.this) {
                if (closed) return;
                closed = true;
                double elapsed = (nanos.getAsLong() - begun) / 1e9;
                seconds.merge(name, elapsed, Double::sum);
                clear();
                String count = total > 0 && done < total ? "  stopped at " + done + "/" + total : done > 0 ? "  " + done : "";
                out.println(name + count + (note.isEmpty() ? "" : "  " + note) + "  " + duration(elapsed));
                out.flush();
            }
        }
    }

    /// "0.4 s", "12 s", "3 min 05 s", "2 h 07 min".
    static String duration(double seconds) {
        if (seconds < 9.95) return String.format(Locale.ROOT, "%.1f s", seconds);
        long s = Math.round(seconds);
        if (s < 60) return s + " s";
        if (s < 3600) return String.format(Locale.ROOT, "%d min %02d s", s / 60, s % 60);
        return String.format(Locale.ROOT, "%d h %02d min", s / 3600, s % 3600 / 60);
    }
}
