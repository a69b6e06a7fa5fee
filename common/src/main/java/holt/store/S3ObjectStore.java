package holt.store;

import holt.tls.PemFile;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MinioAsyncClient;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.X509TrustManager;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * Stores objects in any S3 service. The first {@link #put} creates a missing bucket; no request precedes it. The client library reports a
 * failed connection as an {@link IllegalStateException} around the {@link IOException}.
 */
public final class S3ObjectStore implements ObjectStore {
    private static final int CONCURRENT_CALLS = 64;

    private final String bucket;
    private final OkHttpClient http;
    private final MinioClient client;
    private final CreateBucket newBucket;

    /** Signs URLs for the host that clients use. */
    private final MinioClient signer;

    public S3ObjectStore(StoreSettings settings) {
        bucket = settings.bucket();
        http = httpClient(settings);
        client = client(settings.endpoint(), settings);
        newBucket =
                new CreateBucket(
                        MinioAsyncClient.builder()
                                .endpoint(settings.endpoint().toString())
                                .region(settings.region())
                                .credentials(settings.keys().access(), settings.keys().secret())
                                .httpClient(http)
                                .build(),
                        settings.region());
        signer = settings.publicUrl() == null ? client : client(settings.publicUrl(), settings);
    }

    @Override
    public void put(String key, byte[] bytes, String contentType) {
        var object =
                PutObjectArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .data(bytes, bytes.length)
                        .contentType(contentType)
                        .build();
        try {
            client.putObject(object);
        } catch (MinioException | IllegalStateException e) {
            if (!saysCode(e, "NoSuchBucket")) {
                throw unavailable(e);
            }
            createBucket();
            run(() -> client.putObject(object));
        }
    }

    @Override
    public byte[] get(String key) {
        try (var object =
                client.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build())) {
            return object.readAllBytes();
        } catch (MinioException | IOException | IllegalStateException e) {
            if (saysCode(e, "NoSuchKey") || saysCode(e, "NoSuchBucket")) {
                throw new ObjectNotFoundException(key);
            }
            throw unavailable(e);
        }
    }

    @Override
    public void delete(String key) {
        try {
            client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build());
        } catch (MinioException | IllegalStateException e) {
            if (!saysCode(e, "NoSuchKey") && !saysCode(e, "NoSuchBucket")) {
                throw unavailable(e);
            }
        }
    }

    @Override
    public Stream<StoredKey> list(String prefix) {
        var pages =
                client.listObjects(
                                ListObjectsArgs.builder()
                                        .bucket(bucket)
                                        .prefix(prefix)
                                        .recursive(true)
                                        .build())
                        .iterator();
        return Stream.generate(() -> next(pages))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream);
    }

    @Override
    public URI presign(String key, Duration life, Map<String, String> parameters) {
        var request =
                GetPresignedObjectUrlArgs.builder()
                        .method(Http.Method.GET)
                        .bucket(bucket)
                        .object(key)
                        .expiry(Math.toIntExact(life.toSeconds()))
                        .extraQueryParams(parameters)
                        .build();
        try {
            return URI.create(signer.getPresignedObjectUrl(request));
        } catch (MinioException | IllegalStateException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private MinioClient client(URI endpoint, StoreSettings settings) {
        return MinioClient.builder()
                .endpoint(endpoint.toString())
                .region(settings.region())
                .credentials(settings.keys().access(), settings.keys().secret())
                .httpClient(http)
                .build();
    }

    private static OkHttpClient httpClient(StoreSettings settings) {
        var dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(CONCURRENT_CALLS);
        dispatcher.setMaxRequestsPerHost(CONCURRENT_CALLS);
        var client =
                new OkHttpClient.Builder()
                        .dispatcher(dispatcher)
                        .connectTimeout(settings.connectTimeout())
                        .readTimeout(settings.callTimeout())
                        .writeTimeout(settings.callTimeout())
                        .callTimeout(settings.callTimeout());
        if (settings.ca() != null) {
            trust(settings.ca(), client);
        }
        return client.build();
    }

    /** Trusts this authority and no other. */
    private static void trust(Path ca, OkHttpClient.Builder client) {
        String file = PemFile.certificates("holt.store.ca", ca.toString());
        SslBundle tls =
                SslBundle.of(new PemSslStoreBundle(null, PemSslStoreDetails.forCertificates(file)));
        client.sslSocketFactory(
                tls.createSslContext().getSocketFactory(),
                (X509TrustManager) tls.getManagers().getTrustManagers()[0]);
    }

    /** Another process may create the bucket at the same time, so a failure counts only if there is still no bucket. */
    private void createBucket() {
        try {
            newBucket.create(bucket);
        } catch (MinioException | IllegalStateException e) {
            run(() -> {
                if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
                    throw e;
                }
            });
        }
    }

    /** Empty at the end. */
    private static Optional<StoredKey> next(Iterator<Result<Item>> pages) {
        try {
            if (!pages.hasNext()) {
                return Optional.empty();
            }
            Item item = pages.next().get();
            return Optional.of(
                    new StoredKey(item.objectName(), item.size(), item.lastModified().toInstant()));
        } catch (MinioException | IllegalStateException e) {
            if (saysCode(e, "NoSuchBucket")) {
                return Optional.empty();
            }
            throw unavailable(e);
        }
    }

    private interface Call {
        void run() throws MinioException;
    }

    private static void run(Call call) {
        try {
            call.run();
        } catch (MinioException | IllegalStateException e) {
            throw unavailable(e);
        }
    }

    private static boolean saysCode(Exception e, String code) {
        return e instanceof ErrorResponseException said && code.equals(said.errorResponse().code());
    }

    /** The message omits the request, because its URL may be signed. */
    private static StoreUnavailableException unavailable(Exception e) {
        if (e instanceof ErrorResponseException refused) {
            String code = refused.errorResponse().code();
            String said = refused.errorResponse().message();
            String reason = said == null || said.isBlank() ? code : code + " (" + said + ")";
            int status = refused.response().code();
            return status >= 400 && status < 500 && status != 408 && status != 429
                    ? new StoreRefusedException(reason, e)
                    : new StoreUnavailableException("The object store refused: " + reason, e);
        }
        return new StoreUnavailableException("The object store did not answer: " + rootOf(e), e);
    }

    private static Throwable rootOf(Throwable e) {
        return e.getCause() == null ? e : rootOf(e.getCause());
    }
}
