package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The commit a working tree stands at, read from `.git` itself so that no git needs to be installed.
///
/// @param commit the full id, or "unknown" outside a repository
/// @param tree   whether tracked files differ from it; only git can say, so "unknown" without one
record GitState(String commit, String tree) {
    private static final GitState UNKNOWN = new GitState("unknown", "unknown");

    /// Looks in `folder` and its parents.
    static GitState of(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (!Files.exists(git)) continue;
            try {
                return new GitState(commit(gitDirectory(git)).orElse("unknown"), tree(at));
            } catch (IOException e) {
                return UNKNOWN;
            }
        }
        return UNKNOWN;
    }

    /// `.git` is a folder, or in a linked work tree a file that names one.
    private static Path gitDirectory(Path git) throws IOException {
        if (Files.isDirectory(git)) return git;
        String line = Files.readString(git).strip();
        if (!line.startsWith("gitdir:")) throw new IOException(git + ": names no git folder");
        return git.resolveSibling(line.substring("gitdir:".length()).strip());
    }

    private static Optional<String> commit(Path directory) throws IOException {
        String head = Files.readString(directory.resolve("HEAD")).strip();
        if (!head.startsWith("ref:")) return Optional.of(head);
        String ref = head.substring("ref:".length()).strip();
        Path common = directory.resolve("commondir");
        Path shared = Files.exists(common) ? directory.resolve(Files.readString(common).strip()).normalize() : directory;
        for (Path place : new Path[] {directory.resolve(ref), shared.resolve(ref)}) {
            if (Files.isRegularFile(place)) return Optional.of(Files.readString(place).strip());
        }
        Path packed = shared.resolve("packed-refs");
        if (!Files.exists(packed)) return Optional.empty();
        return Files.readAllLines(packed).stream().filter(line -> line.endsWith(" " + ref))
            .map(line -> line.substring(0, line.indexOf(' '))).findFirst();
    }

    private static String tree(Path root) {
        try {
            Process git = new ProcessBuilder("git", "status", "--porcelain", "--untracked-files=no").directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            git.getOutputStream().close();
            boolean empty = git.getInputStream().readNBytes(1).length == 0;
            git.getInputStream().transferTo(OutputStream.nullOutputStream());
            if (!git.waitFor(10, TimeUnit.SECONDS)) git.destroyForcibly();
            return git.exitValue() != 0 ? "unknown" : empty ? "clean" : "changed";
        } catch (IOException | IllegalThreadStateException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
