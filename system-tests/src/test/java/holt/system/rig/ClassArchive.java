package holt.system.rig;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of one kind of process, loaded and linked by the JVM beforehand ("AOT cache", JEP 483), so that further ones start in a part of the
 * time. Written once for a class path, at the {@link Rehearsal}.
 */
final class ClassArchive {
    private static final Path DIRECTORY = Path.of("target", "rig").toAbsolutePath();

    /** This test's own, with jars in the place of directories, of which the JVM archives nothing. */
    static final String CLASS_PATH =
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .filter(Files::exists)
                    .map(entry -> Files.isDirectory(entry) ? packed(entry) : entry)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));

    private final Path file;
    private final Path half;

    ClassArchive(Class<?> main) {
        file = DIRECTORY.resolve(main.getSimpleName() + "-" + hash(classPath()) + ".aot");
        half = file.resolveSibling(file.getFileName() + ".half");
    }

    boolean isWritten() {
        return Files.exists(file);
    }

    /** The JVM's options for a process that starts from it, if it is there. */
    List<String> use() {
        return isWritten() ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** The JVM's options for a process that records what it loads, and writes that down when it ends. */
    List<String> record() {
        return List.of("-XX:AOTCacheOutput=" + half);
    }

    /** The process that recorded has ended: for use from here on. Where nothing was written, starts only take longer. */
    void keep() throws IOException {
        if (Files.exists(half)) {
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            System.out.println("no class archive, so that processes start slowly: " + file);
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
            Files.createDirectories(DIRECTORY);
            Path half = Files.createTempFile(DIRECTORY, "packing", ".jar");
            try (OutputStream bytes = Files.newOutputStream(half);
                    var out = new JarOutputStream(bytes)) {
                for (Path it : files) {
                    out.putNextEntry(new JarEntry(directory.relativize(it).toString()));
                    Files.copy(it, out);
                }
            }
            return Files.move(half, jar);
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

    /** Of names, sizes and times, as the JVM itself compares them. */
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
