/// Processes that work on one experiment together, over the MPI library that a cluster has: its binding through the foreign function interface, and
/// sums of gradients over processes.
package org.hyperhypo.experiments.mpi;
