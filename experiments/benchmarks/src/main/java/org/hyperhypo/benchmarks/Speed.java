package org.hyperhypo.benchmarks;

/// How much work and how long a whole run may take.
enum Speed {
    /// About a minute in all: one fork, short slots. Shows, but decides nothing.
    QUICK(1, 3, 0.005, 0.08),
    FULL(5, 9, 0.020, 0.30);

    final int forks;
    private final int rounds;
    private final double slot;
    private final double warm;

    Speed(int forks, int rounds, double slot, double warm) {
        this.forks = forks;
        this.rounds = rounds;
        this.slot = slot;
        this.warm = warm;
    }

    /// Errors are checked in the first fork, for the numbers are the same in all. A quick run leaves out what other groups or the kernels' tests check.
    boolean checks(Group group, int fork) {
        return fork == 1 && (this == FULL || group != Group.REGISTRY && group != Group.THREADS && group != Group.MEMORY);
    }

    Rounds rounds(boolean several) {
        return new Rounds(rounds, slot, warm, several);
    }
}
