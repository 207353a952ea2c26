package org.hyperhypo.benchmarks;

/// How much work and how long a whole run may take.
enum Speed {
    /// About a minute in all: one fork, short slots. Shows, but decides nothing.
    QUICK(1, 5, 0.010, 0.25),
    FULL(5, 11, 0.020, 0.40);

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

    Rounds rounds(int pause) {
        return new Rounds(rounds, slot, warm, pause);
    }
}
