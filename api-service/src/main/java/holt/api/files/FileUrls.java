package holt.api.files;

import holt.store.ObjectStore;
import holt.store.PictureKeys;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signs the URLs of pictures. They point to the object store, with an S3 signature, if clients can reach the store. Otherwise they point to
 * this service's route {@code /files}. Both forms carry Holt's signature, so every API instance recognises them.
 */
public final class FileUrls {
    static final String ROUTE = "/files/";
    static final String EXPIRES = "expires";
    static final String SIGNATURE = "signature";

    /** An S3 service includes these in its signature and otherwise ignores them. */
    private static final String STORE_EXPIRES = "x-holt-expires";

    private static final String STORE_SIGNATURE = "x-holt-signature";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    private final ObjectStore store;
    private final boolean storeIsPublic;
    private final Duration life;
    private final SignFiles signFiles;
    private final InstantSource clock;

    /**
     * @param storeIsPublic whether clients can reach the object store
     * @param life how long a URL is valid
     */
    FileUrls(
            ObjectStore store,
            boolean storeIsPublic,
            Duration life,
            SignFiles signFiles,
            InstantSource clock) {
        this.store = store;
        this.storeIsPublic = storeIsPublic;
        this.life = life;
        this.signFiles = signFiles;
        this.clock = clock;
    }

    /**
     * A URL that is valid from now on, for the time in the settings.
     *
     * @param key of a picture, which need not exist
     * @param baseUrl of this service, without a slash at its end
     */
    public String url(String key, String baseUrl) {
        if (!PictureKeys.isPicture(key)) {
            throw new IllegalArgumentException("Not a picture: " + key);
        }
        long expires = clock.instant().plus(life).getEpochSecond();
        String signature = signFiles.sign(key, expires);
        if (storeIsPublic) {
            return store.presign(
                            key,
                            life,
                            Map.of(
                                    STORE_EXPIRES,
                                    Long.toString(expires),
                                    STORE_SIGNATURE,
                                    signature))
                    .toString();
        }
        return baseUrl
                + ROUTE
                + key
                + ("?" + EXPIRES + "=" + expires)
                + ("&" + SIGNATURE + "=" + signature);
    }

    /** The picture's key, if the URL has a valid signature of Holt, whatever its host is. */
    public Optional<String> keyOf(URI url) {
        String path = url.getPath();
        int start = path == null ? -1 : path.indexOf("/" + PictureKeys.PREFIX);
        if (start < 0) {
            return Optional.empty();
        }
        String key = path.substring(start + 1);
        Map<String, String> query = query(url);
        boolean ours =
                left(key, query.get(EXPIRES), query.get(SIGNATURE)).isPresent()
                        || left(key, query.get(STORE_EXPIRES), query.get(STORE_SIGNATURE))
                                .isPresent();
        return ours ? Optional.of(key) : Optional.empty();
    }

    /** How long the URL is still valid. Empty if it has expired or its signature is wrong. */
    Optional<Duration> left(String key, @Nullable String expires, @Nullable String signature) {
        if (expires == null
                || signature == null
                || !SECONDS.matcher(expires).matches()
                || !PictureKeys.isPicture(key)) {
            return Optional.empty();
        }
        long end = Long.parseLong(expires);
        Duration left = Duration.between(clock.instant(), Instant.ofEpochSecond(end));
        return left.isPositive() && signFiles.isSignature(signature, key, end)
                ? Optional.of(left)
                : Optional.empty();
    }

    /** Takes the first of two equal names. Holt's own values need no decoding. */
    private static Map<String, String> query(URI url) {
        var parameters = new HashMap<String, String>();
        String query = url.getRawQuery();
        if (query != null) {
            for (String parameter : query.split("&")) {
                String[] parts = parameter.split("=", 2);
                parameters.putIfAbsent(parts[0], parts.length == 2 ? parts[1] : "");
            }
        }
        return parameters;
    }
}
