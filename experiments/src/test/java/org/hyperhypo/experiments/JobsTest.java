package org.hyperhypo.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class JobsTest {
    @Test
    void aJobMayUseTheThreadsThatTheOthersLeaveIdle() {
        Callable<Integer> job = Jobs::threads;
        assertEquals(1, Jobs.threads(), "outside of jobs");
        assertEquals(List.of(8), Jobs.run(8, List.of(job)));
        assertEquals(List.of(2, 2, 2), Jobs.run(8, Collections.nCopies(3, job)));
        assertEquals(List.of(1, 1, 1), Jobs.run(2, Collections.nCopies(3, job)));
        assertEquals(List.of(1, 1), Jobs.run(1, Collections.nCopies(2, job)));
        assertEquals(List.of(), Jobs.run(4, List.<Callable<Integer>>of()));
    }
}
