package org.hyperhypo.experiments.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
    private static final String ID = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void aRecordIsReadBackAsWritten(@TempDir Path folder) throws IOException {
        RunRecord record = RunRecord.begin("hyperhypo recipe digits", Map.of("speech", "synthetic"), Long.MIN_VALUE, "scalar", folder)
            .withStage("train", 1.5).withStage("test", 2).withStage("train", 1);
        record.write(folder);
        assertEquals(record, RunRecord.read(folder));
        assertEquals(2.5, record.stages().get("train"));
        assertTrue(record.syntheticSpeech() && record.cores() > 0 && !record.cpu().isEmpty());
        assertEquals("unknown", record.commit());
    }

    @Test
    void theCommitIsFoundLoosePackedDetachedAndInALinkedTree(@TempDir Path root) throws IOException {
        Path git = Files.createDirectories(root.resolve(".git/refs/heads")).getParent().getParent();
        Path deep = Files.createDirectories(root.resolve("a/b"));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        assertEquals("unknown", GitState.of(deep).commit());
        Files.writeString(git.resolve("packed-refs"), "# pack-refs\n" + ID.replace('0', 'f') + " refs/heads/other-main\n" + ID
            + " refs/heads/main\n");
        assertEquals(ID, GitState.of(deep).commit());
        Files.writeString(git.resolve("refs/heads/main"), ID.replace('0', '9') + "\n");
        assertEquals(ID.replace('0', '9'), GitState.of(deep).commit());
        Path linked = Files.createDirectories(root.resolve("linked"));
        Path own = Files.createDirectories(git.resolve("worktrees/linked"));
        Files.writeString(linked.resolve(".git"), "gitdir: " + own + "\n");
        Files.writeString(own.resolve("commondir"), "../..\n");
        Files.writeString(own.resolve("HEAD"), "ref: refs/heads/main\n");
        assertEquals(ID.replace('0', '9'), GitState.of(linked).commit());
        Files.writeString(own.resolve("HEAD"), ID + "\n");
        assertEquals(ID, GitState.of(linked).commit());
    }

    @Test
    void aDamagedRecordIsNamed(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("run.json"), "{\"command\": \"x\"");
        assertTrue(assertThrows(IOException.class, () -> RunRecord.read(folder)).getMessage().contains("run.json"));
    }
}
