package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The style sheets, kept as resources beside this class.
final class Style {
    private Style() {}

    static String plot() {
        return resource("plot.css");
    }

    static String page() {
        return resource("page.css");
    }

    private static String resource(String name) {
        try (InputStream in = Style.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException(name + " is not on the class path beside " + Style.class.getName());
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
