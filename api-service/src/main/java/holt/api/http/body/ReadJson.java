package holt.api.http.body;

import holt.api.RequestRejectedException;
import holt.api.http.Json;
import holt.protocol.Failure;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Reads JSON strictly. First it checks the whole text, unknown fields included: UTF-8 (a byte order mark may come first), one object and
 * nothing after it, no key twice, finite numbers, no half surrogate pairs, within limits. Then it reads the wanted fields.
 */
final class ReadJson {
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7E]");

    private ReadJson() {}

    /** @throws RequestRejectedException {@code MALFORMED_JSON}, or {@code INVALID_VALUE} with the field that has the wrong type */
    static <T> T as(Class<T> type, byte[] body) {
        check(body);
        try (JsonParser json = parser(body)) {
            return json.readValueAs(type);
        } catch (JacksonException e) {
            String param = path(e);
            throw new RequestRejectedException(
                    Failure.INVALID_VALUE, param + ": must be " + expected(e), param, null);
        }
    }

    private static void check(byte[] body) {
        try (JsonParser json = parser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("the body must be a JSON object");
            }
            boolean ended = false;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (ended) {
                    throw malformed("the body has text after the JSON object");
                }
                check(token, json);
                ended = json.streamReadContext().inRoot();
            }
        } catch (JacksonIOException e) {
            throw malformed("the body is not UTF-8");
        } catch (JacksonException e) {
            throw malformed("the body is not valid JSON: " + brief(e));
        }
    }

    private static void check(JsonToken token, JsonParser json) {
        switch (token) {
            case PROPERTY_NAME, VALUE_STRING -> {
                if (halfSurrogate(json.getString())) {
                    throw malformed("the body has half of a surrogate pair");
                }
            }
            case VALUE_NUMBER_FLOAT -> {
                if (!Double.isFinite(json.getDoubleValue())) {
                    throw malformed("the body has a number out of range");
                }
            }
            default -> {}
        }
    }

    private static boolean halfSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int codePoint = text.codePointAt(i);
                if (!Character.isSupplementaryCodePoint(codePoint)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static JsonParser parser(byte[] body) {
        boolean marked =
                body.length >= 3
                        && body[0] == (byte) 0xEF
                        && body[1] == (byte) 0xBB
                        && body[2] == (byte) 0xBF;
        int start = marked ? 3 : 0;
        // This decoder reports malformed bytes. Jackson's own would also accept UTF-16 and UTF-32.
        Reader text =
                new InputStreamReader(
                        new ByteArrayInputStream(body, start, body.length - start),
                        StandardCharsets.UTF_8.newDecoder());
        return Json.MAPPER.createParser(text);
    }

    private static String brief(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return "it is nested too deeply, or has too many parts, or a part is too long";
        }
        // Jackson's advice for programmers starts at the first colon. The text before it may quote
        // the body, half characters included.
        String what =
                UNPRINTABLE
                        .matcher(String.valueOf(e.getOriginalMessage()).split(":", 2)[0])
                        .replaceAll("?");
        TokenStreamLocation at = e.getLocation();
        String where =
                at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
        return (what.length() <= 120 ? what : what.substring(0, 120)) + where;
    }

    private static String path(JacksonException e) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String expected(JacksonException e) {
        Class<?> type =
                switch (e) {
                    case MismatchedInputException mismatch -> mismatch.getTargetType();
                    case InputCoercionException coercion -> coercion.getTargetType();
                    default -> null;
                };
        if (type == null) {
            return "another value";
        } else if (type == String.class) {
            return "a string";
        } else if (type == Boolean.class) {
            return "true or false";
        } else if (type == Double.class) {
            return "a number";
        } else if (type == Long.class || type == long.class) {
            return "a 64-bit integer";
        } else if (Iterable.class.isAssignableFrom(type)) {
            return "an array";
        }
        return "an object";
    }

    private static RequestRejectedException malformed(String message) {
        return new RequestRejectedException(Failure.MALFORMED_JSON, message);
    }
}
