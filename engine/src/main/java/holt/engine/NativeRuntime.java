package holt.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the native libraries where DJL finds them, so that DJL never downloads any. DJL takes a JNI library beside libtorch
 * without checking its version.
 */
public final class NativeRuntime {
    private static final Logger log = LoggerFactory.getLogger(NativeRuntime.class);
    private static final String LIBRARY_PATH = "PYTORCH_LIBRARY_PATH";
    private static final String JNI_LIBRARY = "libdjl_torch.so";

    private NativeRuntime() {}

    /**
     * Unpacks libtorch and its JNI library below the folder and sets DJL's properties. Later starts reuse the files.
     * Idempotent. If {@code PYTORCH_LIBRARY_PATH} is set, as in a GPU image, it unpacks nothing.
     *
     * @throws IllegalStateException if the class path has no libraries for this platform
     * @throws UncheckedIOException if the folder cannot be written
     */
    public static synchronized void prepare(Path cacheDirectory) {
        prepareTokenizers(cacheDirectory);
        Path cache = cacheDirectory.toAbsolutePath();
        if (System.getenv(LIBRARY_PATH) != null || System.getProperty(LIBRARY_PATH) != null) {
            return;
        }
        try {
            System.setProperty(LIBRARY_PATH, unpack(cache).toString());
            setDefault("PYTORCH_FLAVOR", "cpu");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack libtorch into " + cache, e);
        }
    }

    /** Sets DJL's properties. Enough for reading tokenizers. Idempotent. */
    public static synchronized void prepareTokenizers(Path cacheDirectory) {
        Path cache = cacheDirectory.toAbsolutePath();
        setDefault("ai.djl.offline", "true");
        setDefault("OPT_OUT_TRACKING", "true");
        setDefault("ENGINE_CACHE_DIR", cache.toString());
        setDefault("DJL_CACHE_DIR", cache.toString());
        setDefault("RUST_FLAVOR", "cpu");
        setDefault("ai.djl.pytorch.graph_optimizer", "false");
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    private static Path unpack(Path cache) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = resource("native/lib/pytorch.properties").openStream()) {
            properties.load(in);
        }
        String platform = properties.getProperty("classifier");
        String here = System.getProperty("os.name") + "-" + System.getProperty("os.arch");
        if (!here.replace("Linux", "linux").replace("amd64", "x86_64").equals(platform)) {
            throw new IllegalStateException(
                    "This build has libtorch for %s, not for %s; set %s to a libtorch %s folder that contains %s"
                            .formatted(
                                    platform,
                                    here,
                                    LIBRARY_PATH,
                                    properties.getProperty("version"),
                                    JNI_LIBRARY));
        }
        Map<String, URL> libraries = new LinkedHashMap<>();
        for (String name : properties.getProperty("libraries").split(",")) {
            libraries.put(name, resource("pytorch/cpu/" + platform + "/" + name));
        }
        libraries.put(JNI_LIBRARY, resource("jnilib/" + platform + "/cpu/" + JNI_LIBRARY));

        Path folder =
                cache.resolve("libtorch-" + properties.getProperty("version") + "-cpu-" + platform);
        if (isComplete(folder, libraries)) {
            return folder;
        }
        log.atInfo().addKeyValue("folder", folder).log("Unpacking libtorch, once");
        Files.createDirectories(cache);
        Path unfinished = Files.createTempDirectory(cache, "libtorch-unfinished-");
        for (Map.Entry<String, URL> library : libraries.entrySet()) {
            try (InputStream in = library.getValue().openStream()) {
                Files.copy(in, unfinished.resolve(library.getKey()));
            }
        }
        publish(unfinished, folder, libraries);
        return folder;
    }

    /** Moves the folder atomically, so that no process sees incomplete libraries. Another process may have done it first. */
    private static void publish(Path unfinished, Path folder, Map<String, URL> libraries)
            throws IOException {
        if (Files.exists(folder) && !isComplete(folder, libraries)) {
            delete(folder);
        }
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            delete(unfinished);
            if (!isComplete(folder, libraries)) {
                throw e;
            }
        }
    }

    private static boolean isComplete(Path folder, Map<String, URL> libraries) throws IOException {
        for (Map.Entry<String, URL> library : libraries.entrySet()) {
            Path file = folder.resolve(library.getKey());
            if (!Files.isRegularFile(file)
                    || Files.size(file)
                            != library.getValue().openConnection().getContentLengthLong()) {
                return false;
            }
        }
        return true;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static URL resource(String name) {
        URL url = NativeRuntime.class.getClassLoader().getResource(name);
        if (url == null) {
            throw new IllegalStateException(
                    name
                            + " is not on the class path; pytorch-native-cpu and pytorch-jni are needed");
        }
        return url;
    }
}
