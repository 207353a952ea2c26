package org.hyperhypo.experiments.recipe;

import org.hyperhypo.experiments.UserError;

/// One of the equal parts that a grid of independent work is cut into: what one task of a job array, or one rank, does of it.
///
/// @param index 0 … of − 1
public record Share(int index, int of) {
    /// The whole grid.
    public static final Share ALL = new Share(0, 1);

    public Share {
        if (of < 1 || index < 0 || index >= of) {
            throw new UserError("share " + index + " of " + of + ": shares are numbered from 0 to one less than their number");
        }
    }

    /// Whether a piece of work is this share's. Pieces are dealt out in turn.
    public boolean owns(int cell) {
        return cell % of == index;
    }

    /// The same for pieces in groups, within which they have something in common that is computed once in a process.
    ///
    /// As many groups as can be dealt out evenly are each one share's. The others are divided: every share works on one of them, with as few others as
    /// possible.
    public boolean owns(int group, int groups, int cell) {
        int divided = groups % of;
        int whole = groups - divided;
        if (group < whole) {
            return owns(group);
        }
        int first = group - whole;
        int team = (of - first + divided - 1) / divided;
        return index % divided == first && new Share(index / divided, team).owns(cell);
    }

    /// The share that stands `places` before this one in a circle: dealing the work of another stage by it evens out what is left over.
    Share before(int places) {
        return new Share(Math.floorMod(index - places, of), of);
    }

    @Override
    public String toString() {
        return index + "of" + of;
    }
}
