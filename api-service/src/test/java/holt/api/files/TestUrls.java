package holt.api.files;

import holt.store.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;

/** URLs that are valid for an hour, signed with a secret for tests. */
public final class TestUrls {
    private TestUrls() {}

    public static FileUrls of(ObjectStore store, InstantSource clock) {
        return new FileUrls(store, false, Duration.ofHours(1), new SignFiles("fish"), clock);
    }
}
