package org.hyperhypo.experiments.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hyperhypo.engine.ModelException;
import org.hyperhypo.engine.ModelFile;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aModelComesBackBitForBit() throws IOException {
        AcousticModel model = Tiny.model(Tiny.seed("ModelFiles"));
        Path file = folder.resolve("deeper/still/model.safetensors");
        ModelFiles.save(model, file);
        AcousticModel read = ModelFiles.load(file);
        assertEquals(model.network().hash(), read.network().hash());
        assertEquals(model.features(), read.features());
        assertEquals(model.context(), read.context());
        assertEquals(model.states().phones(), read.states().phones());
        assertEquals(model.states().size(), read.states().size());
        assertArrayEquals(model.logPriors(), read.logPriors());
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        ModelFiles.save(Tiny.model(1), folder.resolve("a"));
        ModelFiles.save(Tiny.model(1), folder.resolve("b"));
        assertEquals(-1, Files.mismatch(folder.resolve("a"), folder.resolve("b")));
    }

    @Test
    void aDamagedDescriptionIsSaidToBeDamaged() throws IOException {
        AcousticModel model = Tiny.model(2);
        Path whole = folder.resolve("whole");
        ModelFiles.save(model, whole);
        String acoustic = ModelFile.read(whole).metadata().get("acoustic");
        Map<String, String> damages = Map.of("cut", acoustic.substring(0, acoustic.length() / 2), "list", "[]", "empty", "{}",
                "phones", acoustic.replace("\"phones\"", "\"sounds\""), "states", acoustic.replace("\"statesPerPhone\": 3", "\"statesPerPhone\": 4"),
                "context", acoustic.replace("\"left\": 2", "\"left\": \"two\""), "option", acoustic.replace("\"bands\": \"6\"", "\"bands\": \"0\""));
        damages.forEach((name, text) -> {
            assertTrue(!text.equals(acoustic), name);
            Path file = folder.resolve(name);
            model.network().save(file, Map.of("acoustic", text));
            String message = assertThrows(UserError.class, () -> ModelFiles.load(file), name).getMessage();
            assertTrue(message.startsWith(file + ": ") || message.startsWith(file + " "), message);
            assertTrue(!message.contains("(null)"), message);
        });
    }

    @Test
    void aNetworkWithoutDescriptionAndAForeignFileAreRefused() throws IOException {
        Path bare = folder.resolve("bare");
        Tiny.network(1).save(bare, Map.of());
        assertTrue(assertThrows(UserError.class, () -> ModelFiles.load(bare)).getMessage().contains("acoustic"));
        Path foreign = folder.resolve("foreign");
        Files.writeString(foreign, "no tensors here");
        assertTrue(assertThrows(ModelException.class, () -> ModelFiles.load(foreign)).getMessage().contains("foreign"));
    }

    @Test
    void outputsStatesAndPriorsMustAgree() {
        AcousticModel model = Tiny.model(1);
        String message = assertThrows(IllegalArgumentException.class,
                () -> new AcousticModel(model.network(), model.features(), model.context(), model.states(), new float[3])).getMessage();
        assertTrue(message.contains("9 outputs") && message.contains("3 priors"), message);
    }

    @Test
    void priorsAreCountsPlusOne() {
        float[] priors = AcousticModel.logPriors(List.of(new int[] {0, 0, 2, -1}, new int[] {0}), 3);
        assertArrayEquals(new float[] {(float) Math.log(4 / 7.0), (float) Math.log(1 / 7.0), (float) Math.log(2 / 7.0)}, priors);
    }
}
