package holt.api.http.body;

import holt.api.ApiSettings;
import holt.api.MemoryBudget;
import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Reads a request body within the limits of size, time and memory. */
@Component
public final class ReadBody {
    /** Of a body whose length is not declared. */
    private static final int FIRST = BodyMemory.SMALL;

    private final long limit;
    private final long timeoutNanos;
    private final MemoryBudget reading;
    private final MemoryBudget parsing;

    /** @param memory of the bodies that are read. As much again is for those that are parsed */
    ReadBody(ApiSettings settings, MemoryBudget memory) {
        limit = settings.maxBody().toBytes();
        timeoutNanos = settings.connections().bodyTimeout().toNanos();
        reading = memory;
        parsing = new MemoryBudget(memory.leftForOthers());
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
        BodyMemory memory = BodyMemory.of(request, reading, parsing, BodyMemory.PATIENCE);
        memory.read(declared);
        byte[] body = read(request, declared, memory);
        memory.parse(body.length);
        return body;
    }

    private byte[] read(HttpServletRequest request, long declared, BodyMemory memory) {
        long start = System.nanoTime();
        var body = new byte[declared < 0 ? FIRST : (int) declared];
        int size = 0;
        try {
            InputStream in = request.getInputStream();
            for (int n = 0; n >= 0; n = in.read(body, size, body.length - size)) {
                size += n;
                if (size > limit) {
                    throw tooLarge();
                }
                if (System.nanoTime() - start > timeoutNanos) {
                    throw tooSlow();
                }
                if (size == body.length) {
                    int next = in.read();
                    if (next < 0) {
                        break;
                    }
                    if (size == FIRST) {
                        memory.read(limit);
                    }
                    body = Arrays.copyOf(body, (int) Math.min(2L * size, limit) + 1);
                    body[size++] = (byte) next;
                }
            }
        } catch (SocketTimeoutException e) {
            throw tooSlow();
        } catch (IOException e) {
            throw new RequestRejectedException(
                    Failure.BAD_REQUEST, "the body does not match the request headers");
        }
        return size == body.length ? body : Arrays.copyOf(body, size);
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
