package holt.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tiny random models for tests, here and in the modules that use the engine. */
public final class Fixtures {
    private static final JsonMapper JSON = new JsonMapper();

    private Fixtures() {}

    /** Prepares the native libraries in a folder that later test runs use again. */
    public static void prepareRuntime() {
        String user = System.getProperty("user.name");
        NativeRuntime.prepare(Path.of(System.getProperty("java.io.tmpdir"), "holt-native-" + user));
    }

    /**
     * Copies a model's folder into another folder.
     *
     * @param name llama3, smollm2 (tied), sharded, bf16, fp16, linear, qwen2, qwen3 or mistral
     * @return {@code target/name}
     */
    public static Path model(String name, Path target) {
        return copy("models", name, "config.json", target);
    }

    /**
     * Copies an image model's folder into another folder.
     *
     * @param name sd1, sd2, sdxl, inpaint (9 channels), instruct (8) or wide (32)
     * @return {@code target/name}
     */
    public static Path imageModel(String name, Path target) {
        return copy("images", name, "model_index.json", target);
    }

    /**
     * Copies an embedding model's folder into another folder.
     *
     * @param name bert, xlm-roberta or qwen3
     * @return {@code target/name}
     */
    public static Path embeddingModel(String name, Path target) {
        return copy("embeddings", name, "config.json", target);
    }

    private static Path copy(String kind, String name, String known, Path target) {
        URL url =
                Objects.requireNonNull(
                        Fixtures.class.getResource(kind + "/" + name + "/" + known), name);
        try {
            Path folder = Files.createDirectories(target.resolve(name));
            if (url.getProtocol().equals("jar")) {
                URI jar = URI.create(url.toString().substring(0, url.toString().indexOf("!/")));
                try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
                    copy(files.getPath("/holt/engine", kind, name), folder);
                }
            } else {
                copy(Path.of(url.toURI()).getParent(), folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                try (InputStream in = Files.newInputStream(file)) {
                    Files.copy(in, copy);
                }
            }
        }
    }

    /** What transformers computed for the model. */
    public static Golden golden(String name) {
        try (InputStream in =
                Fixtures.class.getResourceAsStream("models/" + name + "/golden.json")) {
            return JSON.readValue(in, Golden.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What sentence-transformers computed.
     *
     * @param name a model's and {@code /golden}, or {@code minilm}: all-MiniLM-L6-v2
     */
    public static EmbeddingGolden embeddingGolden(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("embeddings/" + name + ".json")) {
            return JSON.readValue(in, EmbeddingGolden.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces keys of a JSON file. */
    public static void edit(Path file, Map<String, Object> changes) throws IOException {
        ObjectNode node = (ObjectNode) JSON.readTree(Files.readString(file));
        changes.forEach((key, value) -> node.set(key, JSON.valueToTree(value)));
        Files.writeString(file, node.toString());
    }
}
