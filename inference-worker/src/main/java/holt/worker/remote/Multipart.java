package holt.worker.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A form of fields and files, {@code multipart/form-data}. */
public final class Multipart {
    private final String boundary = "holt-" + UUID.randomUUID();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** Adds a field. */
    public Multipart field(String name, String value) {
        part("name=\"" + name + "\"\r\n", value.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a PNG file. */
    public Multipart png(String name, String file, byte[] bytes) {
        part(
                "name=\"" + name + "\"; filename=\"" + file + "\"\r\nContent-Type: image/png\r\n",
                bytes);
        return this;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    byte[] bytes() {
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(ascii("--" + boundary + "--\r\n"));
        return whole.toByteArray();
    }

    private void part(String head, byte[] content) {
        body.writeBytes(
                ascii("--" + boundary + "\r\nContent-Disposition: form-data; " + head + "\r\n"));
        body.writeBytes(content);
        body.writeBytes(ascii("\r\n"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
