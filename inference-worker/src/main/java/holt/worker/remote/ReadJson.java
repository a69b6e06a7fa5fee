package holt.worker.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads whole answers in JSON, within bounds. */
public final class ReadJson {
    /** Of ten pictures in base64. */
    private static final int MOST_BYTES = 128 << 20;

    private static final JsonMapper JSON =
            new JsonMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxStringLength(MOST_BYTES)
                                            .build())
                            .build());

    private ReadJson() {}

    /** The body of a long answer. */
    public static JsonNode all(InputStream in) throws IOException {
        byte[] bytes = bytes(in);
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw malformed();
        }
    }

    /** The body of a short answer. */
    public static JsonNode of(byte[] bytes) throws IOException {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new IOException("the engine answers something else than JSON", e);
        }
    }

    /** A body that may be a picture. */
    public static byte[] bytes(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new AnswerTooLongException();
        }
        return bytes;
    }

    /** The bytes of base64, which may be a {@code data:} URL. */
    public static byte[] base64(JsonNode text) {
        String data = text.asString();
        return Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1));
    }

    private static RuntimeException malformed() {
        // Without its cause, whose message holds the engine's bytes.
        return new IllegalArgumentException("not JSON");
    }
}
