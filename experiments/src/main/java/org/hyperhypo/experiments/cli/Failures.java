package org.hyperhypo.experiments.cli;

import java.io.PrintWriter;
import java.util.List;
import org.hyperhypo.experiments.Failure;

/// How a command that goes on after failures ends.
final class Failures {
    private static final int SHOWN = 20;

    private Failures() {
    }

    /// Lists the failures, counts, and returns the exit code.
    ///
    /// @param done how many items were done
    static int report(int done, List<Failure> failures, PrintWriter out) {
        failures.stream().limit(SHOWN).forEach(failure -> out.println("failed: " + failure.item() + ": " + failure.reason()));
        if (failures.size() > SHOWN) {
            out.println("... and " + (failures.size() - SHOWN) + " more");
        }
        out.println("done " + done + ", failed " + failures.size());
        return failures.isEmpty() ? 0 : Main.SOME_FAILED;
    }
}
