/**
 * Object storage for pictures, and for payloads too large for a record. {@link holt.store.ObjectStore} is the port, with one S3 client
 * behind it. {@link holt.store.ClaimCheck} and {@link holt.store.PictureKeys} use it.
 *
 * <p>Easy to get wrong: object metadata does not survive every store, so a record carries the size and hash of its claim check. A
 * presigned URL is valid only for the host for which it was signed. Buckets have no policies, tags or life cycles, so
 * {@link holt.store.DeleteOldDays} must delete what is put here.
 *
 * <p>The package is larger than most, because each way in which a store can fail has an exception of its own.
 *
 * <p>Knows no Kafka and no HTTP server, and not what the bytes mean.
 */
@NullMarked
package holt.store;

import org.jspecify.annotations.NullMarked;
