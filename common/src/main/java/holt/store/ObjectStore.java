package holt.store;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bytes by key. Many threads may use one store. Every call may wait for the network, so call it from virtual threads.
 *
 * <p>Every method throws {@link StoreUnavailableException} if the store is out of reach or refuses.
 */
public interface ObjectStore extends AutoCloseable {

    /** Stores the bytes under the key, and replaces an earlier object. */
    void put(String key, byte[] bytes, String contentType);

    /**
     * Reads the whole object.
     *
     * @throws ObjectNotFoundException if there is none
     */
    byte[] get(String key);

    /** Deletes the object if there is one. */
    void delete(String key);

    /** All objects whose key begins with the prefix, in key order. The stream reads page by page. */
    Stream<StoredKey> list(String prefix);

    /**
     * Signs a URL with which anybody can read the object. It makes no request to the store.
     *
     * @param life from now, 1 second to 7 days
     */
    default URI presign(String key, Duration life) {
        return presign(key, life, Map.of());
    }

    /**
     * Like {@link #presign(String, Duration)}, with further query parameters.
     *
     * @param parameters also signed. S3 services ignore names that begin with {@code x-}
     */
    URI presign(String key, Duration life, Map<String, String> parameters);

    /** Releases connections and threads. */
    @Override
    void close();
}
