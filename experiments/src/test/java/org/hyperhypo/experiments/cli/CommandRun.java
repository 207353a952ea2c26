package org.hyperhypo.experiments.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/// One command line run in this process: its exit code and what it printed.
record CommandRun(int code, String out, String err) {
    static CommandRun of(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code;
        try (PrintWriter o = new PrintWriter(out); PrintWriter e = new PrintWriter(err)) {
            code = Main.run(Arrays.stream(words).map(String::valueOf).toArray(String[]::new), o, e);
        }
        return new CommandRun(code, out.toString(), err.toString());
    }
}
