package holt.protocol;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads messages as versioned JSON: {@code {"v":1,"body":{...}}}. A message has the lowest version that can express it, so that
 * older releases read all that they can. A reader checks the version before it reads the body, so it
 * recognises a record of a newer release whatever its body holds. It ignores unknown fields.
 */
public final class Codec {
    /** The newest version that this build reads. */
    public static final int VERSION = 2;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build();

    /** Readers cache what they know about their type. Without them, Jackson would look it up for each message. */
    private static final ClassValue<ObjectReader> READERS =
            new ClassValue<>() {
                @Override
                protected ObjectReader computeValue(Class<?> family) {
                    // The body is followed by the message's own closing brace.
                    return JSON.readerFor(family)
                            .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
                }
            };

    private Codec() {}

    /** The message as UTF-8 JSON. */
    public static byte[] encode(Object message) {
        var bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("v", message instanceof Versioned own ? own.version() : 1);
            json.writeName("body");
            json.writePOJO(message);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a message.
     *
     * @param family the record or sealed interface that the topic carries
     * @throws UnreadableRecordException if the bytes are missing, hold no such message, or have a newer version
     */
    public static <T> T decode(byte @Nullable [] value, Class<T> family)
            throws UnreadableRecordException {
        if (value == null) {
            throw UnreadableRecordException.broken("the record has no value", null);
        }
        try (JsonParser json = JSON.createParser(value)) {
            require(
                    json.nextToken() == JsonToken.START_OBJECT && "v".equals(json.nextName()),
                    "no version first");
            require(json.nextToken() == JsonToken.VALUE_NUMBER_INT, "the version is no integer");
            int version = json.getIntValue();
            if (version > VERSION) {
                throw UnreadableRecordException.future(version, VERSION);
            }
            require(
                    "body".equals(json.nextName()) && json.nextToken() == JsonToken.START_OBJECT,
                    "no body");
            return family.cast(READERS.get(family).readValue(json));
        } catch (JacksonException e) {
            throw UnreadableRecordException.broken(
                    "not a " + family.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    private static void require(boolean condition, String why) throws UnreadableRecordException {
        if (!condition) {
            throw UnreadableRecordException.broken(why, null);
        }
    }
}
