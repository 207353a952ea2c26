package org.hyperhypo.asr.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The output of a shell command, read whole. It gets no input; a time-out, an exit code other than 0 and too much output are errors that
/// quote what it wrote to stderr.
final class ShellCommand {
    private static final int MAX_BYTES = 1 << 30;
    private static final int MAX_STDERR = 2000;

    private ShellCommand() {
    }

    static byte[] output(String line, double timeoutSeconds) throws AudioException {
        String name = line + " |";
        Process process;
        try {
            process = new ProcessBuilder("/bin/sh", "-c", line).redirectInput(new java.io.File("/dev/null")).start();
        } catch (IOException e) {
            throw new AudioException(name, "cannot be started: " + e.getMessage(), e);
        }
        CompletableFuture<byte[]> out = CompletableFuture.supplyAsync(() -> all(process.getInputStream(), MAX_BYTES), Thread::startVirtualThread);
        CompletableFuture<byte[]> err = CompletableFuture.supplyAsync(() -> all(process.getErrorStream(), MAX_STDERR), Thread::startVirtualThread);
        try {
            long deadline = System.nanoTime() + (long) (timeoutSeconds * 1e9);
            byte[] bytes = out.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (bytes.length == MAX_BYTES) {
                throw new AudioException(name, "wrote " + MAX_BYTES + " bytes or more; cut the recording");
            }
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            if (process.exitValue() != 0) {
                throw new AudioException(name, "ended with exit code " + process.exitValue() + said(err.get(1, TimeUnit.SECONDS)));
            }
            return bytes;
        } catch (TimeoutException e) {
            throw new AudioException(name, "did not end within " + timeoutSeconds + " s" + said(err.getNow(new byte[0])), e);
        } catch (ExecutionException e) {
            throw new AudioException(name, "cannot be read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AudioException(name, "interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static byte[] all(InputStream in, int limit) {
        try (in) {
            byte[] kept = in.readNBytes(limit);
            if (kept.length == limit && limit == MAX_STDERR) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return kept;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String said(byte[] stderr) {
        String text = new String(stderr, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? ", nothing on stderr" : "; it said: " + text;
    }
}
