package holt.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InMemoryObjectStoreTest extends ObjectStoreContract {
    private final InMemoryObjectStore store = new InMemoryObjectStore();

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void failsWhileItIsDown() {
        store.setDown(true);

        assertThatThrownBy(() -> store.get("key")).isInstanceOf(StoreUnavailableException.class);
    }
}
