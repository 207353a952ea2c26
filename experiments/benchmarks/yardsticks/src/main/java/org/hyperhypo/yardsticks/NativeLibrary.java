package org.hyperhypo.yardsticks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// A shared library, called through java.lang.foreign.
@SuppressWarnings("restricted")
final class NativeLibrary {
    private final SymbolLookup symbols;

    private NativeLibrary(Path file) {
        symbols = SymbolLookup.libraryLookup(file, Arena.global());
    }

    static NativeLibrary load(Path file) {
        return new NativeLibrary(file);
    }

    /// Unpacks the shared libraries of a folder of a jar on the class path, beside this module's jar, where they are not there yet, and loads one of them.
    static NativeLibrary fromJar(String folder, String library) {
        URL url = NativeLibrary.class.getResource("/" + folder + "/" + library);
        if (url == null) {
            throw new IllegalStateException("no " + folder + "/" + library + " on the class path");
        }
        Path target = besideThisJar().resolve(folder.replace('/', '-'));
        String jar = url.toString().substring(0, url.toString().indexOf("!/"));
        try (FileSystem files = FileSystems.newFileSystem(URI.create(jar), Map.of()); Stream<Path> list = Files.list(files.getPath(folder))) {
            Files.createDirectories(target);
            for (Path file : list.filter(f -> f.getFileName().toString().contains(".so")).toList()) {
                Path copy = target.resolve(file.getFileName().toString());
                if (!Files.exists(copy) || Files.size(copy) != Files.size(file)) {
                    Files.deleteIfExists(copy);
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return load(target.resolve(library));
    }

    /// `native` in the folder of this module's jar or classes.
    static Path besideThisJar() {
        try {
            return Path.of(NativeLibrary.class.getProtectionDomain().getCodeSource().getLocation().toURI()).resolveSibling("native");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    MethodHandle function(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(symbols.find(name).orElseThrow(() -> new IllegalStateException("no function " + name)), descriptor);
    }

    /// Calls a function without arguments that returns text.
    String text(String name) {
        try {
            return ((MemorySegment) function(name, FunctionDescriptor.of(ValueLayout.ADDRESS)).invokeExact()).reinterpret(1 << 12).getString(0);
        } catch (Throwable e) {
            throw failed(name, e);
        }
    }

    /// Calls a function that takes an int and returns nothing.
    void set(String name, int value) {
        try {
            function(name, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)).invokeExact(value);
        } catch (Throwable e) {
            throw failed(name, e);
        }
    }

    static IllegalStateException failed(String function, Throwable e) {
        return new IllegalStateException(function + " failed: " + e, e);
    }

    /// The numbers in memory of their own, aligned as native code likes it best.
    static MemorySegment copy(float[] x) {
        MemorySegment memory = room(x.length);
        MemorySegment.copy(x, 0, memory, ValueLayout.JAVA_FLOAT, 0, x.length);
        return memory;
    }

    static MemorySegment room(int floats) {
        return Arena.ofAuto().allocate(Math.max(4L * floats, 64), 64);
    }

    static float[] floats(MemorySegment memory, int count) {
        return memory.asSlice(0, 4L * count).toArray(ValueLayout.JAVA_FLOAT);
    }
}
