package org.hyperhypo.experiments.recipe.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyperhypo.experiments.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GridFileTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsNotSaidIsThatOfTheUsualNetwork() throws IOException {
        NetworkGrid grid = read("scale,optimizer,rate\n2,,\n1,adam,0.001\n");
        assertEquals(NetworkGrid.BASE.withScale(2), grid.networks().get(0));
        assertEquals("sigmoid-4x256-scale1-adam0.001-epochs5", grid.networks().get(1).name());
    }

    @Test
    void theGridsThatComeWithItReadBackAsTheyAre() throws IOException {
        for (NetworkGrid grid : new NetworkGrid[] {NetworkGrid.standard(), NetworkGrid.full()}) {
            List<GridNetwork> again = read(grid.table().toText()).networks();
            for (int i = 0; i < again.size(); i++) {
                assertEquals(grid.networks().get(i), again.get(i));
            }
            assertEquals(grid.networks().size(), grid.networks().stream().map(GridNetwork::name).distinct().count());
        }
        assertTrue(NetworkGrid.full().networks().size() > 100);
    }

    @Test
    void aFaultIsNamedWithLineColumnAndRemedy() {
        refused("rate\n0.1\nfast\n", ":3: rate is \"fast\"; give a number above 0");
        refused("rate\n-1\n", ":2: rate is \"-1\"; give a number above 0");
        refused("optimizer,rate\nadagrad,1\n", ":2: optimizer is \"adagrad\"; give one of sgd, momentum, adam");
        refused("activation\nswish\n", ":2: activation is \"swish\"; give one of sigmoid, tanh, relu, ada");
        refused("width\n256.5\n", ":2: width is \"256.5\"; give a whole number from 8 to 16384");
        refused("epochs\n0\n", ":2: epochs is \"0\"; give a whole number from 1");
        refused("network\n../x\n", ":2: network is \"../x\"; give letters");
        refused("speed\n1\n", ":1: column \"speed\" is not known; use network, optimizer, rate");
        refused("rate\n0.2\n0.2\n", ":3: network \"sigmoid-4x256-scale1-momentum0.2-epochs5\" is already that of line 2; remove one");
        refused("rate,scale\n0.2\n", ":2: 1 cells where the header has 2");
        refused("rate\n", "has no network below its header");
        String message = assertThrows(UserError.class, () -> GridFile.read(folder.resolve("nowhere.csv"))).getMessage();
        assertTrue(message.contains("no such file"), message);
    }

    private void refused(String text, String expected) {
        String message = assertThrows(UserError.class, () -> read(text)).getMessage();
        assertTrue(message.contains(folder.resolve("grid.csv") + ":") && message.contains(expected), message);
    }

    private NetworkGrid read(String text) throws IOException {
        Path file = folder.resolve("grid.csv");
        Files.writeString(file, text);
        return GridFile.read(file);
    }
}
