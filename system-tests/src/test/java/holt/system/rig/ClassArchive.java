package holt.system.rig;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of one kind of process, parsed and laid out by the JVM beforehand ("class data sharing"), so that further ones start in a part of the
 * time. Written once for a class path, while the first such process lives, by a process of its own: an exit takes no longer.
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

    ClassArchive(Class<?> main) {
        this.file = DIRECTORY.resolve(main.getSimpleName() + "-" + hash(classPath()) + ".jsa");
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** The JVM's option. */
    String use() {
        return "-XX:SharedArchiveFile=" + file;
    }

    /** Takes what that process has loaded. Where that fails, starts only take longer. */
    void writeFrom(long pid) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process dump =
                    new ProcessBuilder(
                                    jcmd.toString(),
                                    Long.toString(pid),
                                    "VM.cds",
                                    "static_dump",
                                    file.toString())
                            .redirectErrorStream(true)
                            .start();
            String said = new String(dump.getInputStream().readAllBytes());
            if (dump.waitFor() != 0 || !exists()) {
                System.out.println("no class archive, so that processes start slowly: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a class archive was written", e);
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
