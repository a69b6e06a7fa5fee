package holt.system.rig;

import holt.standalone.Holt;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** {@code holt up} as a process of its own, with the built-in models and those in {@code models} of its directory. */
public final class HoltUp implements AutoCloseable {
    private static final String READY = "Holt is ready on ";

    private final Path data;
    private final ChildJvm process;

    private HoltUp(Path data, ChildJvm process) {
        this.data = data;
        this.process = process;
    }

    /**
     * Returns once its models are listed.
     *
     * @param name of its log
     * @param directory keeps its data; outlives it
     * @param settings as environment variables
     */
    public static HoltUp start(String name, Path directory, Map<String, String> settings)
            throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        shareNativeLibraries(data);
        var environment = new HashMap<>(settings);
        environment.put("JAVA_TOOL_OPTIONS", "-Dholt.home=" + home());
        ChildJvm process =
                ChildJvm.start(
                        name,
                        Holt.class,
                        READY,
                        new ClassArchive(Holt.class).use(),
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

    /** The working copy. */
    public static Path home() throws IOException {
        return Path.of("..").toRealPath();
    }

    public URI url() {
        return URI.create(process.said(READY));
    }

    public Path data() {
        return data;
    }

    @Override
    public void close() {
        process.close();
    }

    /** Unpacked once for all test runs: half a gigabyte. */
    private static void shareNativeLibraries(Path data) throws IOException {
        Path shared =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "holt-native-" + System.getProperty("user.name"));
        Files.createSymbolicLink(data.resolve("native"), Files.createDirectories(shared));
    }
}
