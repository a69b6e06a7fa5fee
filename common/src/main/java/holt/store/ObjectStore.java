package holt.store;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bytes by key. Safe for use by many threads; every call may wait for the network, so call it from virtual threads.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the store cannot be reached or refuses to serve.
 */
public interface ObjectStore extends AutoCloseable {

    /** Keeps the bytes under the key; an object that was there is replaced. */
    void put(String key, byte[] bytes, String contentType);

    /**
     * The whole object.
     *
     * @throws ObjectNotFoundException when nothing is kept under the key
     */
    byte[] get(String key);

    /** Forgets the object; without effect when there is none. */
    void delete(String key);

    /** Every object whose key begins with the prefix, in the order of keys, read page by page as the stream is consumed. */
    Stream<StoredKey> list(String prefix);

    /**
     * A URL that lets anyone who has it read the object, made without asking the store.
     *
     * @param life from now, 1 second to 7 days
     */
    default URI presign(String key, Duration life) {
        return presign(key, life, Map.of());
    }

    /**
     * As {@link #presign(String, Duration)}, with more in the query.
     *
     * @param parameters signed as well; an S3 service ignores names that begin with {@code x-}
     */
    URI presign(String key, Duration life, Map<String, String> parameters);

    /** Lets go of connections and threads; the objects stay. */
    @Override
    void close();
}
