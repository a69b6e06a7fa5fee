package holt.store;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the objects are, and how long pictures stay.
 *
 * @param endpoint scheme, host and port of an S3 service
 * @param publicUrl where clients reach the same service; URLs are signed for it. Null: at the endpoint
 * @param region needed even for a service without regions. Otherwise the client library asks the service before it signs a URL
 * @param pictureLife how long a picture stays at least. It may stay up to a day longer
 * @param connectTimeout of a connection attempt
 * @param callTimeout of one whole request, with its transfer
 * @param ca PEM file with the authority that signed the service's certificate; null: the authorities that the JVM trusts
 */
public record StoreSettings(
        URI endpoint,
        @Nullable URI publicUrl,
        String bucket,
        String region,
        StoreKeys keys,
        Duration pictureLife,
        Duration connectTimeout,
        Duration callTimeout,
        @Nullable Path ca) {

    public StoreSettings {
        requireHost(endpoint, "holt.store.endpoint");
        if (publicUrl != null) {
            requireHost(publicUrl, "holt.store.public-url");
        }
        if (pictureLife.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(
                    "holt.store.picture-life: 1h or more expected, not " + pictureLife);
        }
    }

    /** The defaults: bucket {@code holt}, region {@code us-east-1}, pictures for 7 days, 2 s to connect, 30 s for a call. */
    public static StoreSettings of(URI endpoint, StoreKeys keys) {
        return new StoreSettings(
                endpoint,
                null,
                "holt",
                "us-east-1",
                keys,
                Duration.ofDays(7),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                null);
    }

    private static void requireHost(URI url, String key) {
        String scheme = url.getScheme();
        String path = url.getPath();
        if (url.getHost() == null
                || !("http".equals(scheme) || "https".equals(scheme))
                || !(path.isEmpty() || "/".equals(path))) {
            throw new IllegalArgumentException(
                    key + " must look like http://HOST:PORT or https://HOST:PORT, not " + url);
        }
    }
}
