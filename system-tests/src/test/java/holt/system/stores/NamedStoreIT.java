package holt.system.stores;

import holt.store.ObjectStore;
import holt.store.StoreKeys;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The S3 service that {@code -Dstore.endpoint}, {@code -Dstore.access} and {@code -Dstore.secret} name. */
@EnabledIfSystemProperty(
        named = "store.endpoint",
        matches = "http.*",
        disabledReason = "no -Dstore.endpoint=URL names an S3 service")
class NamedStoreIT extends S3ServiceContract {
    private static ObjectStore store;

    @BeforeAll
    static void open() {
        store = new NamedStoreIT().store("holt", new NamedStoreIT().keys());
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    URI endpoint() {
        return URI.create(System.getProperty("store.endpoint"));
    }

    @Override
    StoreKeys keys() {
        return new StoreKeys(
                System.getProperty("store.access"), System.getProperty("store.secret"));
    }
}
