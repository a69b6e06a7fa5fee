package holt.api.edge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds requests whose body is a form, with the parts in the order of the calls. */
public final class Form {
    private final String boundary;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public Form() {
        this("----a-boundary");
    }

    public Form(String boundary) {
        this.boundary = boundary;
    }

    public Form text(String name, String value) {
        return part("name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file as a communication node sends any file. */
    public Form file(String name, byte[] bytes) {
        return part(
                "name=\""
                        + name
                        + "\"; filename=\"../../otter.png\"\r\nContent-Type: application/octet-stream",
                bytes);
    }

    /**
     * Adds any part.
     *
     * @param head the text after {@code Content-Disposition: form-data;}
     */
    public Form part(String head, byte[] bytes) {
        body.writeBytes(
                ("--" + boundary + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** The whole request. */
    public byte[] post(String path) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(body.toByteArray());
        all.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return RawClient.post(path, type(), all.toByteArray());
    }

    /** The whole request, without the form's last boundary. */
    public byte[] postUnended(String path) {
        return RawClient.post(path, type(), body.toByteArray());
    }

    private String type() {
        return "multipart/form-data; boundary=" + boundary;
    }
}
