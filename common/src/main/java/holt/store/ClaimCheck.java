package holt.store;

import holt.protocol.Sha256;
import holt.protocol.StoredObject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.UUID;
import java.util.stream.Stream;

/** Carries bytes that are too big for a record through the object store: the record takes key, size and hash instead. */
public final class ClaimCheck {
    /** Bytes that a record may carry itself. */
    public static final int INLINE_LIMIT = 64 * 1024;

    private static final String PREFIX = "claims/";

    private final ObjectStore store;
    private final InstantSource clock;

    public ClaimCheck(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Whether the bytes must travel by claim check. */
    public static boolean isNeededFor(byte[] bytes) {
        return bytes.length > INLINE_LIMIT;
    }

    /** Puts the bytes under {@code claims/<day, UTC>/<random>}, so that a sweep can drop whole days. */
    public StoredObject put(byte[] bytes) {
        var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String key = PREFIX + day + "/" + UUID.randomUUID();
        store.put(key, bytes, "application/octet-stream");
        return new StoredObject(key, bytes.length, Sha256.hex(bytes));
    }

    /**
     * Deletes what was put on days before that one. Several may do so at once.
     *
     * @return how many objects
     */
    public int forgetBefore(LocalDate day) {
        String first = PREFIX + day + "/";
        int forgotten = 0;
        try (Stream<StoredKey> objects = store.list(PREFIX)) {
            // They come in the order of keys, hence of days.
            Iterator<String> old =
                    objects.map(StoredKey::key)
                            .takeWhile(key -> key.compareTo(first) < 0)
                            .iterator();
            while (old.hasNext()) {
                store.delete(old.next());
                forgotten++;
            }
        }
        return forgotten;
    }

    /**
     * Reads back what was put.
     *
     * @throws ObjectNotFoundException when it is gone
     * @throws DamagedObjectException when size or hash differ
     */
    public byte[] get(StoredObject claim) {
        byte[] bytes = store.get(claim.key());
        if (bytes.length != claim.size() || !Sha256.hex(bytes).equals(claim.sha256())) {
            throw new DamagedObjectException(
                    "The object under " + claim.key() + " is not the one that was put there");
        }
        return bytes;
    }
}
