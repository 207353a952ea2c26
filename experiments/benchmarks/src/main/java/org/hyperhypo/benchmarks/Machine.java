package org.hyperhypo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What else the machine does. Linux; elsewhere the answers are NaN and "unknown".
final class Machine {
    private static final Path STAT = Path.of("/proc/stat");
    /// Clock ticks per second of /proc/stat: 100 on every Linux that Java 25 runs on.
    private static final double TICKS = 100;

    private Machine() {
    }

    /// Processor seconds that everybody together has used, time stolen by other virtual machines included.
    static double busySeconds() {
        try {
            String[] fields = Files.readAllLines(STAT).getFirst().trim().split("\\s+");
            double busy = 0;
            for (int i = 1; i <= 8; i++) {
                busy += i == 4 || i == 5 ? 0 : Double.parseDouble(fields[i]);
            }
            return busy / TICKS;
        } catch (IOException | RuntimeException e) {
            return Double.NaN;
        }
    }

    /// Processor seconds of this process, all its threads.
    static double ownSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L) * 1e-3;
    }

    /// First line of a file of the system, or "unknown".
    static String line(String file) {
        try {
            return Files.readAllLines(Path.of(file)).getFirst().strip();
        } catch (IOException | RuntimeException e) {
            return "unknown";
        }
    }

    static String load() {
        String line = line("/proc/loadavg");
        return line.contains(" ") ? String.join(" ", java.util.Arrays.copyOf(line.split(" "), 3)) : line;
    }

    /// Whether the clock may move; virtual machines do not tell.
    static String governor() {
        return line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    }

    static String hugePages() {
        return line("/sys/kernel/mm/transparent_hugepage/enabled");
    }
}
