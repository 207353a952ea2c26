package org.hyperhypo.experiments.mpi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is known without any MPI library: launchers, the order of the search, flavours.
class LaunchTest {
    @Test
    void theLauncherSaysHowManyProcessesThereAre() {
        assertEquals(3, Launch.of(Map.of("OMPI_COMM_WORLD_SIZE", "3", "PMI_SIZE", "2")).size());
        assertEquals(2, Launch.of(Map.of("PMI_SIZE", "2")).size());
        assertEquals(4, Launch.of(Map.of("SLURM_STEP_NUM_TASKS", "4")).size());
        assertEquals(1, Launch.of(Map.of("PMI_SIZE", "many")).size());
        assertEquals(1, Launch.of(Map.of()).size());
    }

    @Test
    void aLibraryThatSeesOtherProcessesIsRefused() {
        String message = assertThrows(MpiException.class, () -> Launch.of(Map.of("PMI_SIZE", "4")).check(1, "libmpi.so.40")).getMessage();
        assertTrue(message.contains("started 4 processes (PMI_SIZE=4), but the library libmpi.so.40 sees 1"), message);
        assertDoesNotThrow(() -> Launch.of(Map.of("PMI_SIZE", "4")).check(4, "libmpich.so.12"));
    }

    @Test
    void copiesThatDoNotKnowOfEachOtherAreRefused() {
        String message = assertThrows(MpiException.class, () -> MpiJob.checkAlone(Map.of("OMPI_COMM_WORLD_SIZE", "2"))).getMessage();
        assertTrue(message.contains("started 2 copies") && message.contains("--mpi"), message);
        assertDoesNotThrow(() -> MpiJob.checkAlone(Map.of("OMPI_COMM_WORLD_SIZE", "1")));
        assertDoesNotThrow(() -> MpiJob.checkAlone(Map.of("SLURM_STEP_NUM_TASKS", "4")), "shares of a job array");
    }

    @Test
    void theLaunchersOwnLibraryIsTriedFirst() {
        assertEquals("libmpi.so.40", MpiLibrary.searchOrder(Launch.of(Map.of("OMPI_COMM_WORLD_SIZE", "2"))).getFirst());
        assertEquals("libmpich.so.12", MpiLibrary.searchOrder(Launch.of(Map.of("PMI_SIZE", "2"))).getFirst());
        List<String> none = MpiLibrary.searchOrder(Launch.of(Map.of()));
        assertEquals("libmpi_abi.so.0", none.getFirst());
        assertEquals(none.stream().distinct().toList(), none);
    }

    @Test
    void aMissingLibraryIsNamedWithItsPackage() {
        String message = assertThrows(MpiException.class, () -> MpiLibrary.load(Map.of("HYPERHYPO_MPI_LIBRARY", "/nowhere/libmpi.so"))).getMessage();
        assertTrue(message.contains("tried /nowhere/libmpi.so") && message.contains("openmpi-bin"), message);
    }

    @Test
    void flavoursAreToldApartByWhatTheySay() {
        assertEquals(Optional.of(Flavour.STANDARD), Flavour.of("libmpi_abi.so.0", "any", _ -> Optional.empty()));
        assertEquals(Optional.of(Flavour.MPICH), Flavour.of("libmpi.so.12", "Intel(R) MPI Library 2021.11", _ -> Optional.empty()));
        assertEquals(Optional.of(Flavour.MPICH), Flavour.of("libmpich.so", "MPICH Version: 4.0.2", _ -> Optional.empty()));
        assertEquals(Optional.empty(), Flavour.of("libmpi.so", "Another MPI 1.0", _ -> Optional.empty()));
    }
}
