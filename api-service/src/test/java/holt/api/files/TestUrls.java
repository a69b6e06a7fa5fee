package holt.api.files;

import holt.store.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;

/** URLs of one hour, under a secret of tests. */
public final class TestUrls {
    private TestUrls() {}

    public static FileUrls of(ObjectStore store, InstantSource clock) {
        return new FileUrls(store, false, Duration.ofHours(1), new SignFiles("fish"), clock);
    }
}
