package holt.standalone.embedded;

import holt.store.StoreKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A real S3 endpoint on a loopback port. It checks signatures and stores objects as files. */
public final class EmbeddedStore implements AutoCloseable {
    private static final int THREADS = 32;

    private final S3Proxy server;
    private final URI endpoint;

    private EmbeddedStore(S3Proxy server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    /** Returns once the endpoint serves. */
    public static EmbeddedStore start(Path directory, int port, StoreKeys keys) {
        var endpoint = URI.create("http://127.0.0.1:" + port);
        try {
            Files.createDirectories(directory);
            var server =
                    S3Proxy.builder()
                            .endpoint(endpoint)
                            .awsAuthentication(
                                    AuthenticationType.AWS_V4, keys.access(), keys.secret())
                            .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                            .jettyMaxThreads(THREADS)
                            .ignoreUnknownHeaders(true)
                            .build();
            server.start();
            return new EmbeddedStore(server, endpoint);
        } catch (IOException e) {
            throw new CannotStartException(
                    "the object store cannot use " + directory + ": " + e, e);
        } catch (Exception e) {
            throw new CannotStartException("the object store did not start: " + e, e);
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Waits for running requests. */
    @Override
    public void close() throws Exception {
        server.stop();
    }
}
