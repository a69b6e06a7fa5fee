package holt.store;

import java.time.Instant;

/**
 * One entry of a listing.
 *
 * @param size in bytes
 * @param lastModified on the store's clock
 */
public record StoredKey(String key, long size, Instant lastModified) {}
