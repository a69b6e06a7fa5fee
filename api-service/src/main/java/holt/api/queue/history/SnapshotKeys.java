package holt.api.queue.history;

import holt.protocol.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys of snapshots in the object store.
 *
 * <pre>
 * history/HASH/manifests/TIME   a snapshot: its files and their parts
 * history/HASH/parts/SHA256     a part, of as many snapshots as have it
 * </pre>
 *
 * @param folder of one identity
 */
record SnapshotKeys(String folder) {
    static final String PREFIX = "history/";
    private static final int DIGITS = 16;

    static SnapshotKeys of(String identity) {
        String hash = Sha256.hex(identity.getBytes(StandardCharsets.UTF_8));
        return new SnapshotKeys(PREFIX + hash.substring(0, DIGITS) + "/");
    }

    /** The folders in which these keys are. */
    static Set<SnapshotKeys> folders(List<String> keys) {
        return keys.stream()
                .map(key -> key.substring(0, key.indexOf('/', PREFIX.length()) + 1))
                .map(SnapshotKeys::new)
                .collect(Collectors.toSet());
    }

    String manifests() {
        return folder + "manifests/";
    }

    String parts() {
        return folder + "parts/";
    }

    /** Keys in order are in the order of time. */
    String manifest(Instant time) {
        return manifests() + "%015d".formatted(time.toEpochMilli());
    }

    Instant time(String manifest) {
        return Instant.ofEpochMilli(Long.parseLong(manifest.substring(manifests().length())));
    }

    String part(String sha256) {
        return parts() + sha256;
    }

    /** The newest of the manifests. */
    Optional<String> newest(List<String> manifests) {
        return manifests.stream().max(Comparator.naturalOrder());
    }
}
