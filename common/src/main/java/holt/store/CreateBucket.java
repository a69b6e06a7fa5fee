package holt.store;

import io.minio.Checksum;
import io.minio.Http;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.errors.MinioException;
import java.util.concurrent.CompletionException;

/**
 * Creates a bucket by the rules of AWS: us-east-1 is the place of a bucket without a LocationConstraint, and no value of it. The client
 * library always sends one.
 */
final class CreateBucket extends MinioAsyncClient {
    private static final String WITHOUT_CONSTRAINT = "us-east-1";

    private final String region;

    CreateBucket(MinioAsyncClient client, String region) {
        super(client);
        this.region = region;
    }

    void create(String bucket) throws MinioException {
        var named = MakeBucketArgs.builder().bucket(bucket).build();
        try {
            if (region.equals(WITHOUT_CONSTRAINT)) {
                var empty = new Http.Body(new byte[0], 0, null, Checksum.ZERO_SHA256_HASH, null);
                executePutAsync(named, null, null, empty).join().close();
            } else {
                makeBucket(named).join();
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof MinioException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
