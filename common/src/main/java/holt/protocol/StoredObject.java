package holt.protocol;

/**
 * A claim check: bytes too big for a record, kept in the object store.
 *
 * @param key in the store's bucket
 * @param size in bytes
 * @param sha256 64 hexadecimal digits over those bytes
 */
public record StoredObject(String key, long size, String sha256) {
    /** What the bytes are, wherever they are kept. */
    StoredObject withoutKey() {
        return new StoredObject("", size, sha256);
    }
}
