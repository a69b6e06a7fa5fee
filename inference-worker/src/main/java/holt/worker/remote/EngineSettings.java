package holt.worker.remote;

import holt.protocol.Ability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One engine that runs elsewhere.
 *
 * @param url its address, with or without a last {@code /v1}
 * @param kind the API that it speaks
 * @param apiKey sent as bearer token; null: none, or the file's
 * @param apiKeyFile a file that holds the key
 * @param models the engine's own names of the models to serve; empty: all that it lists
 * @param slots jobs at once of each model: a number, or {@code auto}
 * @param names Holt's names of models by the engine's own; others keep theirs
 * @param silence an answer that grows no further for so long has failed
 * @param command starts the engine on this machine, with {@code {port}} where the port goes; null: it runs already. Port 0 of the address,
 *     the default with a command, is a free one
 * @param embeddings the engine's own names of models that turn texts into vectors; others are found by asking
 * @param abilities of all its chat and image models; null: found by asking
 * @param images the engine's own names of models that make pictures, for kind {@code openai}; others are found by asking
 * @param workflows files of ComfyUI's workflows in API format, by the engine's own names of the models that they are
 */
public record EngineSettings(
        URI url,
        @DefaultValue("openai") Kind kind,
        @Nullable String apiKey,
        @Nullable Path apiKeyFile,
        @DefaultValue List<String> models,
        @DefaultValue("auto") String slots,
        @DefaultValue Map<String, String> names,
        @DefaultValue("2m") Duration silence,
        @Nullable String command,
        @DefaultValue List<String> embeddings,
        @Nullable Set<Ability> abilities,
        @DefaultValue List<String> images,
        @DefaultValue Map<String, Path> workflows) {
    private static final String AUTO = "auto";
    private static final URI FREE_PORT = URI.create("http://127.0.0.1:0");
    private static final int MOST_SLOTS = 512;

    /** What an engine speaks. */
    public enum Kind {
        /** OpenAI's API, as vLLM, SGLang, llama-server and another Holt do. */
        OPENAI,
        /** Ollama's own API, {@code /api}. */
        OLLAMA,
        /** The API of Automatic1111's and Forge's servers, {@code /sdapi/v1}. */
        SDAPI,
        /** ComfyUI's API. Its models are the workflows of the settings. */
        COMFYUI
    }

    @ConstructorBinding
    public EngineSettings {
        url = url == null && command != null ? FREE_PORT : url;
        models = List.copyOf(models);
        names = Map.copyOf(names);
        embeddings = List.copyOf(embeddings);
        abilities = abilities == null ? null : Set.copyOf(abilities);
        images = List.copyOf(images);
        workflows = Map.copyOf(workflows);
        require(
                url != null
                        && url.getHost() != null
                        && Set.of("http", "https").contains(String.valueOf(url.getScheme())),
                "url",
                "http://HOST:PORT or https://HOST:PORT");
        require(url.getRawUserInfo() == null, "url", "no user; api-key holds the key");
        require(
                url.getRawQuery() == null && url.getRawFragment() == null,
                "url",
                "no query and no fragment");
        require(apiKey == null || apiKeyFile == null, "api-key", "a key or a file");
        require(
                slots.equals(AUTO)
                        || slots.matches("[0-9]{1,3}")
                                && Integer.parseInt(slots) >= 1
                                && Integer.parseInt(slots) <= MOST_SLOTS,
                "slots",
                "auto or 1 to " + MOST_SLOTS);
        require(silence.isPositive(), "silence", "a time such as 2m");
        require(command == null || url.getPort() >= 0, "url", "a port, which the command gets");
        require(
                (kind == Kind.COMFYUI) != workflows.isEmpty(),
                "workflows",
                "for kind comfyui at least one file, and for other kinds none,");
    }

    /** An engine that makes no pictures. */
    public EngineSettings(
            URI url,
            Kind kind,
            @Nullable String apiKey,
            @Nullable Path apiKeyFile,
            List<String> models,
            String slots,
            Map<String, String> names,
            Duration silence,
            @Nullable String command,
            List<String> embeddings,
            @Nullable Set<Ability> abilities) {
        this(
                url,
                kind,
                apiKey,
                apiKeyFile,
                models,
                slots,
                names,
                silence,
                command,
                embeddings,
                abilities,
                List.of(),
                Map.of());
    }

    /** An engine with default settings. */
    public static EngineSettings at(URI url) {
        return at(url, Kind.OPENAI);
    }

    /** An engine of that kind with default settings. */
    public static EngineSettings at(URI url, Kind kind) {
        return new EngineSettings(
                url,
                kind,
                null,
                null,
                List.of(),
                AUTO,
                Map.of(),
                Duration.ofMinutes(2),
                null,
                List.of(),
                null);
    }

    /** The same engine on another port. */
    public EngineSettings withPort(int port) {
        return new EngineSettings(
                URI.create(url.getScheme() + "://" + url.getHost() + ":" + port + url.getRawPath()),
                kind,
                apiKey,
                apiKeyFile,
                models,
                slots,
                names,
                silence,
                command,
                embeddings,
                abilities,
                images,
                workflows);
    }

    /** The address of a route, such as {@code /v1/models}. */
    URI route(String path) {
        return URI.create(url.toString().replaceFirst("/+$", "").replaceFirst("/v1$", "") + path);
    }

    /**
     * An address that the engine names.
     *
     * @throws IllegalArgumentException if it is on another host
     */
    URI own(String address) {
        URI named = url.resolve(address);
        if (!Objects.equals(named.getScheme(), url.getScheme())
                || !Objects.equals(named.getRawAuthority(), url.getRawAuthority())) {
            throw new IllegalArgumentException("the engine names another host");
        }
        return named;
    }

    /** The value of the header {@code Authorization}. Null: none. */
    @Nullable String authorization() {
        @Nullable String key = key();
        if (key == null) {
            return null;
        }
        return switch (kind) {
            case OPENAI, OLLAMA, COMFYUI -> "Bearer " + key;
            // Its keys are USER:PASSWORD.
            case SDAPI ->
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(key.getBytes(StandardCharsets.UTF_8));
        };
    }

    /** The key, read anew from its file. Null: none. */
    private @Nullable String key() {
        if (apiKeyFile == null) {
            return apiKey;
        }
        try {
            return Files.readString(apiKeyFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the engine's api-key-file", e);
        }
    }

    /** Whether the engine says how many slots there are. */
    boolean countsSlots() {
        return slots.equals(AUTO);
    }

    /** @param counted what the engine says; 0: nothing */
    public int slots(int counted) {
        int wanted = slots.equals(AUTO) ? counted : Integer.parseInt(slots);
        return wanted < 1 ? 8 : Math.min(wanted, MOST_SLOTS);
    }

    boolean serves(String model) {
        return models.isEmpty() || models.contains(model);
    }

    /** Holt's name of the engine's model. */
    String name(String model) {
        return names.getOrDefault(model, model);
    }

    /** The address for logs. */
    String address() {
        return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "EngineSettings[" + kind + " at " + address() + "]";
    }

    private static void require(boolean valid, String key, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "holt.worker.engines." + key + ": " + expected + " expected");
        }
    }
}
