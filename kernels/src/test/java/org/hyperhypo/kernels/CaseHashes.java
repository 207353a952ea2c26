package org.hyperhypo.kernels;

import java.util.List;

/// A program for tests that start a JVM of their own: runs the smallest cases of the registry twice and prints which kernels ran and a hash of all bits.
final class CaseHashes {
    private CaseHashes() {
    }

    /// Cases that even an interpreter without fused multiply-add does in no time.
    static List<Case> small() {
        return Cases.all().stream().filter(c -> c.work().flops() <= 2500 && c.work().bytes() <= 4000).toList();
    }

    static long hash(Kernels kernels, List<Case> cases) {
        long hash = 0;
        Scratch scratch = new Scratch();
        for (Case c : cases) {
            for (int i = 0; i < 2; i++) {
                Data d = c.data().fresh();
                double result = c.operation().run(kernels, d, scratch);
                hash = 31 * (31 * hash + Double.hashCode(result)) + d.hash();
            }
        }
        return hash;
    }

    public static void main(String[] args) {
        System.out.println(KernelInfo.current().text());
        System.out.println("hash " + hash(Kernels.best(), small()));
    }
}
