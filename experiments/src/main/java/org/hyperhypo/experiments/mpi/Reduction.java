package org.hyperhypo.experiments.mpi;

/// In which order gradients are added up over processes.
public enum Reduction {
    /// In the order of a fixed tree over the shards of the batch: the same bits for any number of processes.
    FIXED,
    /// As MPI_Allreduce likes: fewer additions in our hands, but the last bits depend on the number of processes and on the library.
    FAST
}
