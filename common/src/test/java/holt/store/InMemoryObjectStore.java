package holt.store;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** An object store for tests; its presigned URLs ({@code memory:}) carry key and life and cannot be opened. */
public final class InMemoryObjectStore implements ObjectStore {
    private record StoredBytes(byte[] bytes, Instant since) {}

    private final ConcurrentSkipListMap<String, StoredBytes> objects =
            new ConcurrentSkipListMap<>();
    private volatile boolean down;
    private volatile CountDownLatch silence = new CountDownLatch(0);

    /** From now on every call fails as if the store were out of reach, until {@code false} is set. */
    public void setDown(boolean down) {
        this.down = down;
    }

    /** From now on every call waits, until {@link #answer}. */
    public void fallSilent() {
        silence = new CountDownLatch(1);
    }

    public void answer() {
        silence.countDown();
    }

    @Override
    public void put(String key, byte[] bytes, String contentType) {
        reach();
        objects.put(key, new StoredBytes(bytes.clone(), Instant.now()));
    }

    @Override
    public byte[] get(String key) {
        reach();
        StoredBytes stored = objects.get(key);
        if (stored == null) {
            throw new ObjectNotFoundException(key);
        }
        return stored.bytes().clone();
    }

    @Override
    public void delete(String key) {
        reach();
        objects.remove(key);
    }

    @Override
    public Stream<StoredKey> list(String prefix) {
        reach();
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry ->
                        new StoredKey(
                                entry.getKey(),
                                entry.getValue().bytes().length,
                                entry.getValue().since()));
    }

    @Override
    public URI presign(String key, Duration life, Map<String, String> parameters) {
        var url =
                new StringBuilder("memory:/")
                        .append(encode(key))
                        .append("?life=")
                        .append(life.toSeconds());
        new TreeMap<>(parameters)
                .forEach((name, value) ->
                        url.append('&').append(encode(name)).append('=').append(encode(value)));
        return URI.create(url.toString());
    }

    @Override
    public void close() {}

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void reach() {
        try {
            silence.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted", e);
        }
        if (down) {
            throw new StoreUnavailableException(
                    "The object store is down", new IllegalStateException("down"));
        }
    }
}
