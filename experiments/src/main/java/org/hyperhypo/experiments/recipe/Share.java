package org.hyperhypo.experiments.recipe;

import org.hyperhypo.experiments.UserError;

/// Which cells of a grid a process computes: every `of`-th, from `index` on.
public record Share(int index, int of) {
    /// All cells.
    public static final Share ALL = new Share(0, 1);

    public Share {
        if (of < 1 || index < 0 || index >= of) {
            throw new UserError("share " + index + " of " + of + ": shares are numbered from 0 to one less than their number");
        }
    }

    public boolean owns(int cell) {
        return cell % of == index;
    }
}
