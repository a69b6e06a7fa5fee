package holt.api.files;

import holt.store.ObjectStore;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** URLs of stored pictures. */
@Component
public final class FileUrls {
    private static final Duration LIFE = Duration.ofHours(1);

    private final ObjectStore store;

    FileUrls(ObjectStore store) {
        this.store = store;
    }

    /**
     * A signed URL, for an hour.
     *
     * @param baseUrl where the client reaches this service
     */
    public String url(String key, String baseUrl) {
        return store.presign(key, LIFE).toString();
    }
}
