package org.hyperhypo.yardsticks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.hyperhypo.benchmarks.Contender;
import org.hyperhypo.benchmarks.Problem;
import org.hyperhypo.benchmarks.SoftmaxLoss;
import org.hyperhypo.benchmarks.Yardstick;

/// Plain C, vectorised by the compiler of this machine with glibc's vector maths library; none where there is no `cc`.
public final class CLoop implements Yardstick {
    private static final String SOURCE = "softmax_loss.c";
    private static final List<String> COMMAND = List.of("cc", "-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math", "-shared", "-fPIC");
    private final Optional<MethodHandle> function = compiled().map(file -> NativeLibrary.load(file).function("softmax_loss",
            FunctionDescriptor.of(JAVA_DOUBLE, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS)));

    @Override
    public String name() {
        return "C loop";
    }

    @Override
    public String text() {
        return function.isPresent() ? String.join(" ", COMMAND) + " -lmvec -lm" : "not measured: no C compiler (cc)";
    }

    @Override
    public List<Contender> contenders(Problem problem, int threads) {
        if (threads > 1 || function.isEmpty() || !(problem instanceof SoftmaxLoss p)) {
            return List.of();
        }
        MemorySegment x = NativeLibrary.copy(p.x());
        MemorySegment labels = Arena.ofAuto().allocateFrom(JAVA_INT, p.labels());
        MemorySegment dx = NativeLibrary.room(p.x().length);
        MethodHandle handle = function.get();
        Runnable call = () -> {
            try {
                double loss = (double) handle.invokeExact(p.rows(), p.columns(), x, labels, dx);
                assert loss > 0;
            } catch (Throwable e) {
                throw NativeLibrary.failed(name(), e);
            }
        };
        return List.of(new Contender(name(), 0, p.bytes(), call, () -> {
            call.run();
            return p.residual(NativeLibrary.floats(dx, p.x().length));
        }));
    }

    private static Optional<Path> compiled() {
        Path folder = NativeLibrary.besideThisJar();
        Path library = folder.resolve("softmax_loss.so");
        try (InputStream source = CLoop.class.getResourceAsStream(SOURCE)) {
            Files.createDirectories(folder);
            Path file = folder.resolve(SOURCE);
            Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
            List<String> command = new java.util.ArrayList<>(COMMAND);
            command.addAll(List.of("-o", library.toString(), file.toString(), "-lmvec", "-lm"));
            Process compiler = new ProcessBuilder(command).inheritIO().start();
            return compiler.waitFor() == 0 ? Optional.of(library) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
