package holt.engine.text.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Reads calls from JSON: one object, or an array of objects. */
final class ReadCalls {
    private static final JsonMapper JSON = new JsonMapper();

    private final String text;
    private final JsonParser parser;

    private ReadCalls(String text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    /** At least one call, or nothing if the JSON is no call. */
    static Optional<List<Piece.Call>> read(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            return new ReadCalls(text, parser).all();
        } catch (JacksonException e) {
            return Optional.empty(); // such as a number with a thousand digits
        }
    }

    private Optional<List<Piece.Call>> all() {
        List<Piece.Call> calls = new ArrayList<>();
        boolean array = parser.nextToken() == JsonToken.START_ARRAY;
        while (!array || parser.nextToken() == JsonToken.START_OBJECT) {
            Optional<Piece.Call> call = call();
            if (call.isEmpty()) {
                return Optional.empty();
            }
            calls.add(call.get());
            if (!array) {
                break;
            }
        }
        boolean whole = !array || parser.currentToken() == JsonToken.END_ARRAY;
        return whole && !calls.isEmpty() ? Optional.of(calls) : Optional.empty();
    }

    /** The call in the object at whose start the parser stands. */
    private Optional<Piece.Call> call() {
        String name = null;
        String arguments = null;
        Optional<Piece.Call> inner = Optional.empty();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (key) {
                case "name" -> name = value == JsonToken.VALUE_STRING ? parser.getString() : null;
                case "arguments", "parameters" -> arguments = arguments(value);
                case "function" -> {
                    if (value == JsonToken.START_OBJECT) {
                        inner = call();
                    } else {
                        parser.skipChildren();
                    }
                }
                default -> parser.skipChildren();
            }
        }
        return name == null || name.isEmpty() || arguments == null
                ? inner
                : Optional.of(new Piece.Call(name, arguments, 0));
    }

    /** The object as it is spelled. Null means no arguments; a string may hold the object. */
    private @Nullable String arguments(JsonToken value) {
        return switch (value) {
            case START_OBJECT -> {
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                yield text.substring(start, (int) parser.currentLocation().getCharOffset());
            }
            case VALUE_STRING -> isObject(parser.getString()) ? parser.getString() : null;
            case VALUE_NULL -> "{}";
            default -> {
                parser.skipChildren();
                yield null;
            }
        };
    }

    private static boolean isObject(String text) {
        if (!text.startsWith("{")) {
            return false;
        }
        JsonScanner scanner = new JsonScanner();
        int index = 0;
        while (index < text.length() && scanner.status() == JsonScanner.Status.OPEN) {
            scanner.next(text.charAt(index++));
        }
        return scanner.status() == JsonScanner.Status.DONE && index == text.length();
    }
}
