package holt.protocol;

/**
 * A claim check. It stands for bytes in the object store that are too large for a record.
 *
 * @param key in the store's bucket
 * @param size in bytes
 * @param sha256 of the bytes, as 64 hexadecimal digits
 */
public record StoredObject(String key, long size, String sha256) {
    /** The same for the same bytes, whatever their key. */
    StoredObject withoutKey() {
        return new StoredObject("", size, sha256);
    }
}
