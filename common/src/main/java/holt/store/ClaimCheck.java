package holt.store;

import holt.protocol.Sha256;
import holt.protocol.StoredObject;
import java.time.InstantSource;
import java.util.UUID;

/** Carries bytes that are too large for a record through the object store. The record carries key, size and hash. */
public final class ClaimCheck {
    /** The most bytes that a record carries itself. */
    public static final int INLINE_LIMIT = 64 * 1024;

    /** The beginning of every key, before the day. */
    public static final String PREFIX = "claims/";

    private final ObjectStore store;
    private final InstantSource clock;

    public ClaimCheck(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Whether the bytes are too large for a record. */
    public static boolean isNeededFor(byte[] bytes) {
        return bytes.length > INLINE_LIMIT;
    }

    /** Puts the bytes under {@code claims/<day, UTC>/<random>}, so that a sweep can delete whole days. */
    public StoredObject put(byte[] bytes) {
        return put(PREFIX, bytes);
    }

    StoredObject put(String prefix, byte[] bytes) {
        String key = DeleteOldDays.folder(prefix, clock.instant()) + UUID.randomUUID();
        store.put(key, bytes, "application/octet-stream");
        return new StoredObject(key, bytes.length, Sha256.hex(bytes));
    }

    /**
     * Reads the bytes back.
     *
     * @throws ObjectNotFoundException if the object is gone
     * @throws DamagedObjectException if size or hash differ
     */
    public byte[] get(StoredObject claim) {
        byte[] bytes = store.get(claim.key());
        if (bytes.length != claim.size() || !Sha256.hex(bytes).equals(claim.sha256())) {
            throw new DamagedObjectException(
                    "The object " + claim.key() + " has another size or hash than its claim check");
        }
        return bytes;
    }
}
