package holt.system.rig;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The AOT cache (JEP 483) of one kind of process: classes that the JVM has loaded and linked in advance. A process that uses it starts in less
 * than half the time. {@link RecordAotCaches} writes it once for each class path.
 */
final class AotCache {
    private static final Path DIRECTORY = Path.of("target", "rig").toAbsolutePath();

    /** The test's class path, with directories packed as jars, since the JVM caches no class of a directory. */
    static final String CLASS_PATH =
            locked(() ->
                    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(Path::of)
                            .filter(Files::exists)
                            .map(entry -> Files.isDirectory(entry) ? packed(entry) : entry)
                            .map(Path::toString)
                            .collect(Collectors.joining(File.pathSeparator)));

    private final Path file;
    private final Path unfinished;

    AotCache(Class<?> main) {
        file = DIRECTORY.resolve(main.getSimpleName() + "-" + hash(classPath()) + ".aot");
        unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    }

    /** Lets one JVM at a time write below {@code target/rig}. */
    static <T> T locked(Supplier<T> write) {
        try {
            Files.createDirectories(DIRECTORY);
            try (var file =
                            FileChannel.open(
                                    DIRECTORY.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var _ = file.lock()) {
                return write.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isWritten() {
        return Files.exists(file);
    }

    /** JVM options of a process that uses the cache, if it exists. */
    List<String> use() {
        return isWritten() ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** JVM options of a process that writes the cache when it ends. */
    List<String> record() {
        return List.of("-XX:AOTCacheOutput=" + unfinished);
    }

    /** Makes the cache available once its process has ended. Without it, processes only start more slowly. */
    void keep() throws IOException {
        if (Files.exists(unfinished)) {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            System.out.println("The JVM wrote no AOT cache, so processes start slowly: " + file);
        }
    }

    private static List<Path> classPath() {
        return Stream.of(CLASS_PATH.split(File.pathSeparator)).map(Path::of).toList();
    }

    private static Path packed(Path directory) {
        List<Path> files = filesIn(directory);
        Path jar = DIRECTORY.resolve(directory.getFileName() + "-" + hash(files) + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        try {
            Path packing = Files.createTempFile(DIRECTORY, "packing", ".jar");
            try (OutputStream bytes = Files.newOutputStream(packing);
                    var out = new JarOutputStream(bytes)) {
                for (Path it : files) {
                    out.putNextEntry(new JarEntry(directory.relativize(it).toString()));
                    Files.copy(it, out);
                }
            }
            return Files.move(packing, jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> filesIn(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A hash of names, sizes and times, which the JVM compares, too. */
    private static String hash(List<Path> files) {
        try {
            int hash = 1;
            for (Path it : files) {
                hash = 31 * hash + it.hashCode();
                hash = 31 * hash + Files.getLastModifiedTime(it).hashCode();
                hash = 31 * hash + Long.hashCode(Files.size(it));
            }
            return HexFormat.of().toHexDigits(hash);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
