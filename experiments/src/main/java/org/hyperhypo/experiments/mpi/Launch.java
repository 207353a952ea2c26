package org.hyperhypo.experiments.mpi;

import java.util.Map;

/// What the launcher (mpirun, mpiexec, srun) says of this process in its environment.
///
/// @param launcher  name of the variable that told, for messages
/// @param size      number of processes it started, 1 when nothing is said
/// @param openMpi   true when it is Open MPI's own launcher
/// @param mpich     true when it is Hydra, the launcher of MPICH and Intel MPI
record Launch(String launcher, int size, boolean openMpi, boolean mpich) {
    static Launch of(Map<String, String> environment) {
        for (String name : new String[] {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"}) {
            String value = environment.get(name);
            if (value != null && value.matches("[0-9]{1,9}")) {
                return new Launch(name + "=" + value, Integer.parseInt(value), name.startsWith("OMPI"), name.startsWith("PMI"));
            }
        }
        return new Launch("no launcher", 1, false, false);
    }

    /// One library under the other's launcher makes N copies of "rank 0 of 1", which would all write the same files.
    void check(int sizeOfLibrary, String library) {
        if (size != sizeOfLibrary) {
            throw new MpiException("the launcher started " + size + " processes (" + launcher + "), but the library " + library + " sees "
                    + sizeOfLibrary + ": they do not belong together. Start with the mpirun of that library, or name the launcher's library with"
                    + " HYPERHYPO_MPI_LIBRARY");
        }
    }
}
