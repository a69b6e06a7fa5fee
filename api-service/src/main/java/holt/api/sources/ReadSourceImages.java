package holt.api.sources;

import holt.api.RequestRejectedException;
import holt.api.files.FileUrls;
import holt.api.sources.decode.DecodeImage;
import holt.api.sources.decode.EncodedImage;
import holt.api.sources.decode.InvalidImageException;
import holt.api.sources.decode.SourceImage;
import holt.protocol.Failure;
import holt.store.ObjectNotFoundException;
import holt.store.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Reads the pictures that clients bring. The methods block, so virtual threads call them. */
public final class ReadSourceImages implements AutoCloseable {

    private static final int LONGEST_URL = 8192;
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}:");
    private static final Duration DECODE_WITHIN = Duration.ofSeconds(20);

    private final FileUrls files;
    private final ObjectStore store;
    private final FetchImage fetch;
    private final PlatformThreads decoders;

    /** @param decoders how many pictures may be decoded at once, since each takes memory */
    ReadSourceImages(FileUrls files, ObjectStore store, FetchImage fetch, int decoders) {
        this.files = files;
        this.store = store;
        this.fetch = fetch;
        this.decoders = new PlatformThreads("decode", decoders);
    }

    /**
     * Reads a picture from a text in the request.
     *
     * @param reference an http or https URL, a {@code data:} URI with base64, or bare base64
     * @param field the field's name
     * @throws RequestRejectedException 400 if the picture cannot be fetched or decoded, 413 if it has more than 20 MiB, 503 if too many
     *     pictures are being decoded
     * @throws holt.store.StoreUnavailableException if the URL is Holt's own and the object store is unavailable
     */
    public SourceImage read(String reference, String field) {
        try {
            return decode(bytes(reference.strip()));
        } catch (RefusedSourceException e) {
            throw e.in(field);
        }
    }

    /**
     * Reads an uploaded picture.
     *
     * @param bytes the whole file, which shows its format
     * @param field the name of the form's part
     * @throws RequestRejectedException as {@link #read(String, String)}
     */
    public SourceImage read(byte[] bytes, String field) {
        try {
            return decode(bytes);
        } catch (RefusedSourceException e) {
            throw e.in(field);
        }
    }

    /**
     * Reads a picture as {@link #read(String, String)} does, for those who want a small file. A photo stays a JPEG.
     *
     * @throws RequestRejectedException as {@link #read(String, String)}
     */
    public EncodedImage encodeAnew(String reference, String field) {
        try {
            byte[] bytes = bytes(reference.strip());
            return decode(bytes, () -> DecodeImage.encodeAnew(bytes));
        } catch (RefusedSourceException e) {
            throw e.in(field);
        }
    }

    @Override
    public void close() {
        decoders.close();
    }

    private SourceImage decode(byte[] bytes) throws RefusedSourceException {
        return decode(bytes, () -> DecodeImage.decode(bytes));
    }

    private <T> T decode(byte[] bytes, Callable<T> decoder) throws RefusedSourceException {
        if (bytes.length > SourceImage.MAX_FILE_BYTES) {
            throw RefusedSourceException.tooLarge();
        }
        try {
            return decoders.run(decoder, DECODE_WITHIN);
        } catch (TimeoutException e) {
            throw busy();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidImageException invalid) {
                throw RefusedSourceException.image(String.valueOf(invalid.getMessage()));
            }
            throw new IllegalStateException(e);
        }
    }

    private static RequestRejectedException busy() {
        return new RequestRejectedException(
                Failure.OVERLOADED, "too many pictures are being decoded", null, DECODE_WITHIN);
    }

    private byte[] bytes(String reference) throws RefusedSourceException {
        String start =
                reference.substring(0, Math.min(8, reference.length())).toLowerCase(Locale.ROOT);
        if (start.startsWith("http:") || start.startsWith("https:")) {
            return fetched(reference);
        }
        if (!start.startsWith("data:") && SCHEME.matcher(reference).lookingAt()) {
            throw RefusedSourceException.url("the URL's scheme must be http, https or data");
        }
        return ReadSourceFiles.bytes(reference);
    }

    private byte[] fetched(String reference) throws RefusedSourceException {
        HttpUrl url = reference.length() > LONGEST_URL ? null : HttpUrl.parse(reference);
        if (url == null) {
            throw RefusedSourceException.url("must be a valid URL");
        }
        Optional<String> ownKey = files.keyOf(uri(url));
        return ownKey.isPresent() ? stored(ownKey.get()) : fetch.fetch(url);
    }

    private static URI uri(HttpUrl url) throws RefusedSourceException {
        try {
            return url.uri();
        } catch (RuntimeException e) {
            // A URL that only one of the two parsers accepts is not Holt's own and is not fetched.
            throw RefusedSourceException.url("must be a valid URL");
        }
    }

    private byte[] stored(String key) throws RefusedSourceException {
        try {
            return store.get(key);
        } catch (ObjectNotFoundException e) {
            throw RefusedSourceException.url("this picture was deleted");
        }
    }
}
