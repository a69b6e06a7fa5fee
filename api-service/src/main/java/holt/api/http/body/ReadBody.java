package holt.api.http.body;

import holt.api.ApiSettings;
import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Reads a request body within the limits of size and time. */
@Component
public final class ReadBody {
    private final long limit;
    private final long timeoutNanos;

    ReadBody(ApiSettings settings) {
        limit = settings.maxBody().toBytes();
        timeoutNanos = settings.connections().bodyTimeout().toNanos();
    }

    /**
     * Reads a JSON body.
     *
     * @param type a record with nullable components
     * @throws RequestRejectedException if the media type is wrong; if the body is too large, too slow, not as declared or malformed; if a
     *     field has the wrong type
     */
    public <T> T json(HttpServletRequest request, Class<T> type) {
        if (!isJson(mediaType(request))) {
            throw new RequestRejectedException(
                    Failure.UNSUPPORTED_MEDIA_TYPE, "Content-Type: must be application/json");
        }
        return ReadJson.as(type, bytes(request));
    }

    /** Whether the request says that its body is a form. Some clients send a boundary with {@code =} without quotes, so only the type counts. */
    public static boolean isForm(HttpServletRequest request) {
        String contentType = request.getContentType();
        return contentType != null
                && contentType
                        .split(";", 2)[0]
                        .strip()
                        .equalsIgnoreCase(MediaType.MULTIPART_FORM_DATA_VALUE);
    }

    /**
     * Reads a form.
     *
     * @throws RequestRejectedException if the body is too large, too slow, not as declared or malformed, or has too many parts
     */
    public List<FormPart> form(HttpServletRequest request) {
        return ReadForm.parts(request.getContentType(), bytes(request));
    }

    private static boolean isJson(@Nullable MediaType type) {
        if (type == null || !MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)) {
            return false;
        }
        Charset charset = type.getCharset();
        return charset == null || charset.equals(StandardCharsets.UTF_8);
    }

    private static @Nullable MediaType mediaType(HttpServletRequest request) {
        String contentType = request.getContentType();
        try {
            return contentType == null ? null : MediaType.parseMediaType(contentType);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private byte[] bytes(HttpServletRequest request) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
            throw new RequestRejectedException(
                    Failure.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Encoding: compressed bodies are not supported");
        }
        long declared = request.getContentLengthLong();
        if (declared > limit) {
            throw tooLarge();
        }
        long start = System.nanoTime();
        var body =
                new ByteArrayOutputStream(
                        declared < 0 ? 1024 : (int) Math.min(declared, 64 * 1024));
        var buffer = new byte[8192];
        try {
            InputStream in = request.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                body.write(buffer, 0, n);
                if (body.size() > limit) {
                    throw tooLarge();
                }
                if (System.nanoTime() - start > timeoutNanos) {
                    throw tooSlow();
                }
            }
        } catch (SocketTimeoutException e) {
            throw tooSlow();
        } catch (IOException e) {
            throw new RequestRejectedException(
                    Failure.BAD_REQUEST, "the body does not match the request headers");
        }
        return body.toByteArray();
    }

    private RequestRejectedException tooLarge() {
        return new RequestRejectedException(
                Failure.PAYLOAD_TOO_LARGE, "the body is larger than " + limit + " bytes");
    }

    private static RequestRejectedException tooSlow() {
        return new RequestRejectedException(
                Failure.REQUEST_TIMEOUT, "the body did not arrive in time");
    }
}
