package holt.store;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** An object store with the time of its calls, their errors and their bytes. A missing object is no error. */
public final class MeasuredObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final Histogram seconds =
            Histogram.builder()
                    .name("holt_object_store_seconds")
                    .help("of a call to the object store")
                    .labelNames("op")
                    .classicOnly()
                    .classicUpperBounds(
                            DoubleStream.iterate(0.001, bound -> 4 * bound).limit(9).toArray())
                    .withoutExemplars()
                    .build();
    private final Counter errors =
            Counter.builder()
                    .name("holt_object_store_errors")
                    .help("calls that failed")
                    .labelNames("op")
                    .withoutExemplars()
                    .build();
    private final Counter bytes =
            Counter.builder()
                    .name("holt_object_store_bytes")
                    .help("bytes put and got")
                    .labelNames("op")
                    .withoutExemplars()
                    .build();

    public MeasuredObjectStore(ObjectStore store) {
        this.store = store;
    }

    public List<Collector> collectors() {
        return List.of(seconds, errors, bytes);
    }

    @Override
    public void put(String key, byte[] object, String contentType) {
        measure(
                "put",
                () -> {
                    store.put(key, object, contentType);
                    return key;
                });
        bytes.labelValues("put").inc(object.length);
    }

    @Override
    public byte[] get(String key) {
        byte[] object = measure("get", () -> store.get(key));
        bytes.labelValues("get").inc(object.length);
        return object;
    }

    @Override
    public void delete(String key) {
        measure(
                "delete",
                () -> {
                    store.delete(key);
                    return key;
                });
    }

    @Override
    public Stream<StoredKey> list(String prefix) {
        return measure("list", () -> store.list(prefix));
    }

    @Override
    public URI presign(String key, Duration life, Map<String, String> parameters) {
        return store.presign(key, life, parameters);
    }

    @Override
    public void close() {
        store.close();
    }

    private <T> T measure(String op, Supplier<T> call) {
        long started = System.nanoTime();
        try {
            return call.get();
        } catch (ObjectNotFoundException e) {
            throw e;
        } catch (RuntimeException e) {
            errors.labelValues(op).inc();
            throw e;
        } finally {
            seconds.labelValues(op).observe((System.nanoTime() - started) / 1e9);
        }
    }
}
