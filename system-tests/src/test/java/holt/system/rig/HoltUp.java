package holt.system.rig;

import holt.standalone.Holt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The process of {@code holt up}, with the built-in models and those in the folder {@code models} of its directory. */
public final class HoltUp implements AutoCloseable {
    private static final String READY = "Holt is ready on ";

    private final Path data;
    private final ChildJvm process;

    private HoltUp(Path data, ChildJvm process) {
        this.data = data;
        this.process = process;
    }

    /**
     * Returns when it lists its models.
     *
     * @param name the name of its log
     * @param directory holds its data and outlives it
     * @param settings environment variables
     */
    public static HoltUp start(String name, Path directory, Map<String, String> settings)
            throws IOException {
        Path data = directory.resolve("data");
        shareNativeLibraries(data);
        var environment = new HashMap<>(settings);
        environment.put("JAVA_TOOL_OPTIONS", "-Dholt.home=" + home());
        ChildJvm process =
                ChildJvm.start(
                        name,
                        Holt.class,
                        READY,
                        new AotCache(Holt.class).use(),
                        environment,
                        "up",
                        "--port",
                        "0",
                        "--data",
                        data.toString(),
                        "--models",
                        directory.resolve("models").toString());
        return new HoltUp(data, process);
    }

    /** The root of the repository. */
    public static Path home() throws IOException {
        return Path.of("..").toRealPath();
    }

    public URI url() {
        return URI.create(process.printed(READY));
    }

    /** The URL of the console. */
    public URI console() {
        return URI.create(process.printed("Console: "));
    }

    public Path data() {
        return data;
    }

    @Override
    public void close() {
        process.close();
    }

    /** Makes that data directory. All test runs share one copy of libtorch, which has half a gigabyte. */
    static void shareNativeLibraries(Path data) {
        Path shared =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "holt-native-" + System.getProperty("user.name"));
        try {
            Files.createDirectory(data);
            Files.createSymbolicLink(data.resolve("native"), Files.createDirectories(shared));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
