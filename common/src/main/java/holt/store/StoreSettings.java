package holt.store;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the objects are.
 *
 * @param endpoint scheme, host and port of an S3 service
 * @param region set even where the service has none: without it the client asks the service before it signs a URL
 * @param connectTimeout until a connection stands
 * @param callTimeout for one whole request, transfer included
 * @param ca PEM file of the authority that has signed the service's certificate; null: those that the JVM trusts
 */
public record StoreSettings(
        URI endpoint,
        String bucket,
        String region,
        StoreKeys keys,
        Duration connectTimeout,
        Duration callTimeout,
        @Nullable Path ca) {

    public StoreSettings {
        String scheme = endpoint.getScheme();
        if (endpoint.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "holt.store.endpoint must look like http://HOST:PORT or https://HOST:PORT, not "
                            + endpoint);
        }
    }

    /** Bucket {@code holt}, region {@code us-east-1}, 2 s to connect, 30 s for a call. */
    public static StoreSettings of(URI endpoint, StoreKeys keys) {
        return new StoreSettings(
                endpoint,
                "holt",
                "us-east-1",
                keys,
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                null);
    }
}
