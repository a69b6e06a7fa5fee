/**
 * Object storage: where pictures and payloads too big for a record live. One port ({@link holt.store.ObjectStore}), one S3 client
 * behind it; the claim check and the keys of pictures on top.
 *
 * <p>Easy to get wrong: nothing is kept as object metadata (it does not survive every store), so size and hash of a claim check travel
 * with its record; a presigned URL names the host it was signed for; there are no bucket policies, tags or life cycles, so whatever is
 * put here must be deleted by somebody ({@link holt.store.ForgetOldDays}).
 *
 * <p>Knows no Kafka, no HTTP server, no Spring, and not what the bytes mean.
 */
@NullMarked
package holt.store;

import org.jspecify.annotations.NullMarked;
