package holt.api.console;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Passes the playground's requests to the API of this process. So its pages need no other origin: they work through one forwarded port, and
 * the API allows no further origin for them.
 */
final class ForwardToApi implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardToApi.class);
    private static final String PREFIX = "/console/api";

    private static final List<String> SENT =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT, "Prefer");

    private static final List<String> RETURNED =
            List.of(
                    HttpHeaders.CONTENT_TYPE,
                    HttpHeaders.CACHE_CONTROL,
                    HttpHeaders.RETRY_AFTER,
                    "X-Holt-Job-Id",
                    "x-request-id",
                    "X-Content-Type-Options");

    private final ApiAddress address;
    private @Nullable OkHttpClient client;

    ForwardToApi(ApiAddress address) {
        this.address = address;
    }

    ApiAddress address() {
        return address;
    }

    /** Streams the answer as it comes. A browser that leaves ends the request, and with it the job. */
    ServerResponse send(ServerRequest request) throws IOException {
        HttpServletRequest servlet = request.servletRequest();
        String path = servlet.getRequestURI().substring(PREFIX.length());
        String query = servlet.getQueryString();
        var outgoing =
                new Request.Builder()
                        .url(address.inside() + path + (query == null ? "" : "?" + query))
                        // The API puts this host into the URLs of pictures.
                        .header(
                                HttpHeaders.HOST,
                                URI.create(address.outside(request)).getRawAuthority())
                        .header(HttpHeaders.ACCEPT_ENCODING, "identity")
                        .method(
                                servlet.getMethod(),
                                "POST".equals(servlet.getMethod()) ? new Upload(servlet) : null);
        for (String name : SENT) {
            String value = servlet.getHeader(name);
            if (value != null) {
                outgoing.header(name, value);
            }
        }
        String key = Access.key(request);
        if (key != null) {
            outgoing.header(HttpHeaders.AUTHORIZATION, "Bearer " + key);
        }
        Response answer = answer(outgoing.build());
        return ServerResponse.status(HttpStatusCode.valueOf(answer.code()))
                .headers(headers ->
                        RETURNED.forEach(name -> {
                            String value = answer.header(name);
                            if (value != null) {
                                headers.set(name, value);
                            }
                        }))
                .build((_, response) -> {
                    copy(answer, response);
                    return null;
                });
    }

    private Response answer(Request request) throws IOException {
        try {
            return client().newCall(request).execute();
        } catch (ConnectException e) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED, "the API of this process takes no connections now");
        }
    }

    private static void copy(Response answer, HttpServletResponse response) {
        try (ResponseBody body = answer.body()) {
            InputStream in = body.byteStream();
            OutputStream out = response.getOutputStream();
            response.flushBuffer();
            byte[] buffer = new byte[16 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            LOG.atDebug()
                    .setCause(e)
                    .log("a browser left before its answer ended; the API cancels the job");
        }
    }

    /** Made at the first request, since most processes never need it. */
    private synchronized OkHttpClient client() {
        OkHttpClient made = client;
        if (made == null) {
            // The API has deadlines of its own.
            var builder =
                    new OkHttpClient.Builder()
                            .connectTimeout(Duration.ofSeconds(2))
                            .readTimeout(Duration.ZERO)
                            .writeTimeout(Duration.ZERO);
            made = address.hasTls() ? TrustThisProcess.prepare(builder).build() : builder.build();
            client = made;
        }
        return made;
    }

    @Override
    public synchronized void destroy() {
        if (client != null) {
            client.connectionPool().evictAll();
        }
    }

    /** A request's body, passed on as it arrives. */
    private static final class Upload extends RequestBody {
        private final HttpServletRequest request;

        private Upload(HttpServletRequest request) {
            this.request = request;
        }

        @Override
        public @Nullable MediaType contentType() {
            String type = request.getContentType();
            return type == null ? null : MediaType.parse(type);
        }

        @Override
        public long contentLength() {
            return request.getContentLengthLong();
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            request.getInputStream().transferTo(sink.outputStream());
        }
    }
}
