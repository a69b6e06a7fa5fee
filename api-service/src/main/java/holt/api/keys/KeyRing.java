package holt.api.keys;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** All keys that this instance knows. */
@Component
public final class KeyRing {
    /** Compared where no key has the id, so that an answer does not tell by its time whether one has. */
    private static final String NO_DIGEST = "0".repeat(64);

    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();

    KeyRing() {}

    /** A key is new, or has changed. */
    public void written(AccessKey key) {
        keys.put(key.id(), key);
    }

    /** The valid key with this secret. */
    Optional<AccessKey> find(KeySecret secret, Instant now) {
        AccessKey key = keys.get(secret.id());
        boolean same = KeySecret.same(secret.digest(), key == null ? NO_DIGEST : key.digest());
        return Optional.ofNullable(key).filter(_ -> same).filter(known -> known.isValid(now));
    }

    Optional<AccessKey> get(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The limits of the caller's newest valid key. */
    Optional<Limits> limits(String caller, Instant now) {
        return keys.values().stream()
                .filter(key -> key.isValid(now) && key.caller().equals(caller))
                .max(Comparator.comparing(AccessKey::created))
                .map(AccessKey::limits);
    }

    /** Oldest first. */
    List<AccessKey> all() {
        return keys.values().stream()
                .sorted(Comparator.comparing(AccessKey::created).thenComparing(AccessKey::id))
                .toList();
    }

    public boolean hasValid(Instant now) {
        return keys.values().stream().anyMatch(key -> key.isValid(now));
    }
}
