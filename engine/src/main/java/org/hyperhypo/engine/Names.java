package org.hyperhypo.engine;

import java.util.regex.Pattern;

/// Layer names: letters, digits, `_` and `-`, so that `name.weight` can be told apart.
final class Names {
    static final String OUTPUT = "output";
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private Names() {
    }

    static void check(String name) {
        if (name == null || !LEGAL.matcher(name).matches()) {
            throw new ModelException("layer name '" + name + "': use a letter followed by letters, digits, _ or - (at most 64)");
        }
    }
}
