package holt.api.edge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A form as a body: parts in the order in which they are added. */
public final class Form {
    private static final String BOUNDARY = "----a-boundary";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public Form text(String name, String value) {
        return part("name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
    }

    /** As the node sends a file, whatever it is. */
    public Form file(String name, byte[] bytes) {
        return part(
                "name=\""
                        + name
                        + "\"; filename=\"../../otter.png\"\r\nContent-Type: application/octet-stream",
                bytes);
    }

    /**
     * Any part.
     *
     * @param head what follows {@code Content-Disposition: form-data;}
     */
    public Form part(String head, byte[] bytes) {
        body.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** The whole request. */
    public byte[] post(String path) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(body.toByteArray());
        all.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return RawClient.post(path, type(), all.toByteArray());
    }

    /** The whole request, whose body ends before the form does. */
    public byte[] postUnended(String path) {
        return RawClient.post(path, type(), body.toByteArray());
    }

    private static String type() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }
}
