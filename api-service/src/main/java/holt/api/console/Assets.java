package holt.api.console;

import holt.protocol.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** {@code GET /console/assets/{name}}: styles and scripts, from the jar and its WebJars. They hold nothing secret, so they need no key. */
final class Assets {
    private static final Pattern NAME = Pattern.compile("[a-z.-]{1,40}\\.(css|js|svg)");

    private static final Map<String, MediaType> TYPES =
            Map.of(
                    "css", new MediaType("text", "css"),
                    "js", new MediaType("text", "javascript"),
                    "svg", new MediaType("image", "svg+xml"));

    private final Map<String, Optional<Asset>> known = new ConcurrentHashMap<>();

    private record Asset(byte[] bytes, String tag) {}

    ServerResponse serve(ServerRequest request) {
        String name = request.pathVariable("name");
        Optional<Asset> found =
                NAME.matcher(name).matches()
                        ? known.computeIfAbsent(name, Assets::read)
                        : Optional.empty();
        if (found.isEmpty()) {
            return ServerResponse.notFound().build();
        }
        Asset asset = found.get();
        return request.checkNotModified(asset.tag)
                .orElseGet(() ->
                        ServerResponse.ok()
                                .contentType(type(name))
                                .eTag(asset.tag)
                                .cacheControl(CacheControl.noCache())
                                .header("X-Content-Type-Options", "nosniff")
                                .body(asset.bytes));
    }

    private static MediaType type(String name) {
        MediaType type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        return type == null ? MediaType.APPLICATION_OCTET_STREAM : type;
    }

    private static Optional<Asset> read(String name) {
        byte[] bytes = resource(name.equals("htmx.min.js") ? htmx() : "static/console/" + name);
        return Optional.ofNullable(bytes)
                .map(found -> new Asset(found, "\"" + Sha256.hex(found).substring(0, 16) + "\""));
    }

    /** The WebJar's folder has its version as name. */
    private static String htmx() {
        byte[] pom = resource("META-INF/maven/org.webjars.npm/htmx.org/pom.properties");
        var properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(pom == null ? new byte[0] : pom));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "META-INF/resources/webjars/htmx.org/"
                + properties.getProperty("version")
                + "/dist/htmx.min.js";
    }

    private static byte @Nullable [] resource(String path) {
        try (InputStream file = Assets.class.getClassLoader().getResourceAsStream(path)) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
