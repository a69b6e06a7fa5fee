package holt.api.sources;

import holt.api.sources.decode.SourceImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a picture from a client's URL. It resolves and checks each host once, those of redirects too. The connection goes to the checked
 * address, while the {@code Host} header and the certificate use the name.
 */
final class FetchImage implements AutoCloseable {
    private static final int REDIRECTS = 3;
    private static final Duration TO_CONNECT = Duration.ofSeconds(3);

    private final ResolveHost resolve;
    private final OkHttpClient http;
    private final Limits limits;

    /**
     * @param bytes most bytes of the picture
     * @param time for everything: look-ups, redirects and the body
     */
    record Limits(int bytes, Duration time) {
        static final Limits USUAL = new Limits(SourceImage.MAX_FILE_BYTES, Duration.ofSeconds(10));
    }

    /** @param base its trusted certificates and its sockets are used */
    FetchImage(ResolveHost resolve, OkHttpClient base, Limits limits) {
        this.resolve = resolve;
        this.limits = limits;
        http =
                base.newBuilder()
                        .proxy(Proxy.NO_PROXY)
                        .followRedirects(false)
                        .retryOnConnectionFailure(false)
                        .fastFallback(false)
                        .protocols(List.of(Protocol.HTTP_1_1))
                        // A pooled connection could lead to an address that was checked long ago.
                        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                        .connectTimeout(TO_CONNECT)
                        .readTimeout(limits.time)
                        .build();
    }

    /**
     * Returns the bytes behind the URL. Blocks.
     *
     * @throws RefusedSourceException if the URL gives no picture or too many bytes, or if its host or a redirect's host is private
     */
    byte[] fetch(HttpUrl url) throws RefusedSourceException {
        long end = System.nanoTime() + limits.time.toNanos();
        HttpUrl at = url;
        for (int redirects = 0; redirects <= REDIRECTS; redirects++) {
            try (Response response = ask(at, end)) {
                @Nullable HttpUrl next = redirect(response);
                if (next == null) {
                    return body(response);
                }
                at = next;
            } catch (InterruptedIOException e) {
                throw tooSlow();
            } catch (IOException e) {
                throw RefusedSourceException.url("the URL's host does not answer");
            }
        }
        throw RefusedSourceException.url("the URL redirects more than " + REDIRECTS + " times");
    }

    @Override
    public void close() {
        resolve.close();
        http.dispatcher().executorService().shutdown();
    }

    private Response ask(HttpUrl url, long end) throws RefusedSourceException, IOException {
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw RefusedSourceException.url("the URL must not name a user");
        }
        List<InetAddress> addresses = resolve.addresses(url, until(end));
        OkHttpClient pinned = http.newBuilder().dns(_ -> addresses).callTimeout(until(end)).build();
        Request request =
                new Request.Builder()
                        .url(url)
                        .header("User-Agent", "Holt")
                        .header("Accept", "image/*")
                        .header("Accept-Encoding", "identity")
                        .build();
        return pinned.newCall(request).execute();
    }

    /** The redirect's target, or null if the response is no redirect. */
    private static @Nullable HttpUrl redirect(Response response) throws RefusedSourceException {
        String location = response.header("Location");
        if (!response.isRedirect() || location == null) {
            return null;
        }
        HttpUrl next = response.request().url().resolve(location);
        if (next == null) {
            throw RefusedSourceException.url(
                    "the URL redirects to something else than http or https");
        }
        return next;
    }

    private byte[] body(Response response) throws RefusedSourceException, IOException {
        if (response.code() != 200) {
            throw RefusedSourceException.url("the URL answers with status " + response.code());
        }
        try (InputStream in = response.body().byteStream()) {
            byte[] bytes = read(in);
            if (bytes.length > limits.bytes) {
                throw RefusedSourceException.url(
                        "the URL gives more than " + limits.bytes + " bytes");
            }
            return bytes;
        }
    }

    private byte[] read(InputStream in) throws RefusedSourceException, IOException {
        try {
            return in.readNBytes(limits.bytes + 1);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw RefusedSourceException.url(
                    "the URL's host ended the connection before the end of the picture");
        }
    }

    private Duration until(long end) throws RefusedSourceException {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (left.toMillis() < 1) {
            throw tooSlow();
        }
        return left;
    }

    private RefusedSourceException tooSlow() {
        return RefusedSourceException.url(
                "the URL did not answer within " + limits.time.toMillis() + " ms");
    }
}
