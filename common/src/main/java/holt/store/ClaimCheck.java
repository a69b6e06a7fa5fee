package holt.store;

import holt.protocol.Sha256;
import holt.protocol.StoredObject;
import java.time.InstantSource;
import java.util.UUID;

/** Carries bytes that are too big for a record through the object store: the record takes key, size and hash instead. */
public final class ClaimCheck {
    /** Bytes that a record may carry itself. */
    public static final int INLINE_LIMIT = 64 * 1024;

    /** Of every key, before the day. */
    public static final String PREFIX = "claims/";

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
        String key = ForgetOldDays.folder(PREFIX, clock.instant()) + UUID.randomUUID();
        store.put(key, bytes, "application/octet-stream");
        return new StoredObject(key, bytes.length, Sha256.hex(bytes));
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
