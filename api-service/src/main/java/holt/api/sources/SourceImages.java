package holt.api.sources;

import holt.api.RequestRejectedException;
import holt.api.files.FileUrls;
import holt.protocol.Failure;
import holt.store.ObjectNotFoundException;
import holt.store.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Reads the pictures that clients bring. Its callers wait, so they are virtual threads. */
public final class SourceImages implements AutoCloseable {
    /** Of a picture's file, fetched or sent. */
    static final int MAX_BYTES = 20 << 20;

    private static final int LONGEST_URL = 8192;
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}:");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FileUrls files;
    private final ObjectStore store;
    private final FetchImage fetch;
    private final PlatformThreads decoders;

    /** @param decoders how many pictures may be decoded at once: each takes memory */
    SourceImages(FileUrls files, ObjectStore store, FetchImage fetch, int decoders) {
        this.files = files;
        this.store = store;
        this.fetch = fetch;
        this.decoders = new PlatformThreads("decode", decoders);
    }

    /**
     * Reads a picture that a request names or carries.
     *
     * @param reference an http or https URL, a {@code data:} URI with base64, or bare base64
     * @param field where the request has it
     * @throws RequestRejectedException 400 when it cannot be fetched or decoded, 413 when it is larger than 20 MiB, 503 when too many
     *     others are being read
     * @throws holt.store.StoreUnavailableException when it is one of ours, and the object store is away
     */
    public SourceImage read(String reference, String field) {
        try {
            return decode(bytes(reference.strip()));
        } catch (RefusedSourceException e) {
            throw e.in(field);
        }
    }

    /**
     * Reads a picture that was uploaded.
     *
     * @param bytes the whole file; its format is found in them
     * @param field the name of its part
     * @throws RequestRejectedException as {@link #read(String, String)}
     */
    public SourceImage read(byte[] bytes, String field) {
        try {
            return decode(bytes);
        } catch (RefusedSourceException e) {
            throw e.in(field);
        }
    }

    @Override
    public void close() {
        decoders.close();
    }

    private SourceImage decode(byte[] bytes) throws RefusedSourceException {
        if (bytes.length > MAX_BYTES) {
            throw RefusedSourceException.tooLarge();
        }
        try {
            return decoders.run(() -> DecodeImage.decode(bytes), PATIENCE);
        } catch (TimeoutException e) {
            throw busy();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedSourceException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        }
    }

    private static RequestRejectedException busy() {
        return new RequestRejectedException(
                Failure.OVERLOADED, "too many pictures are being read", null, PATIENCE);
    }

    private byte[] bytes(String reference) throws RefusedSourceException {
        String start =
                reference.substring(0, Math.min(8, reference.length())).toLowerCase(Locale.ROOT);
        if (start.startsWith("http:") || start.startsWith("https:")) {
            return fetched(reference);
        }
        if (start.startsWith("data:")) {
            return base64(data(reference));
        }
        if (SCHEME.matcher(reference).lookingAt()) {
            throw RefusedSourceException.url("the URL must be http, https or data");
        }
        return base64(reference);
    }

    private byte[] fetched(String reference) throws RefusedSourceException {
        HttpUrl url = reference.length() > LONGEST_URL ? null : HttpUrl.parse(reference);
        if (url == null) {
            throw RefusedSourceException.url("not a valid URL");
        }
        Optional<String> ours = files.keyOf(uri(url));
        return ours.isPresent() ? stored(ours.get()) : fetch.fetch(url);
    }

    private static URI uri(HttpUrl url) throws RefusedSourceException {
        try {
            return url.uri();
        } catch (RuntimeException e) {
            // What the one class takes and the other does not, is nothing that we issued or want to
            // ask for.
            throw RefusedSourceException.url("not a valid URL");
        }
    }

    private byte[] stored(String key) throws RefusedSourceException {
        try {
            return store.get(key);
        } catch (ObjectNotFoundException e) {
            throw RefusedSourceException.url("the picture is gone");
        }
    }

    private static String data(String uri) throws RefusedSourceException {
        int comma = uri.indexOf(',');
        if (comma < 0 || !uri.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
            throw RefusedSourceException.image("a data: URI must be in base64");
        }
        return uri.substring(comma + 1);
    }

    private static byte[] base64(String text) throws RefusedSourceException {
        if (text.length() > MAX_BYTES * 3L / 2) {
            throw RefusedSourceException.tooLarge();
        }
        boolean forUrls = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        try {
            return (forUrls ? Base64.getUrlDecoder() : Base64.getDecoder())
                    .decode(SPACE.matcher(text).replaceAll(""));
        } catch (IllegalArgumentException e) {
            throw RefusedSourceException.image("neither a URL nor base64");
        }
    }
}
