package holt.api.embeddings;

import static holt.api.fields.Fields.invalid;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code input}, which may have four forms. */
final class ParseInput {
    /** OpenAI's limit. */
    private static final int MOST = 2048;

    private static final String WRONG =
            "must be a string, an array of strings, an array of token ids, or an array of such arrays";

    private ParseInput() {}

    /**
     * One of the two is null.
     *
     * @param texts none of them empty
     * @param tokens none of them empty
     */
    record Input(@Nullable List<String> texts, @Nullable List<List<Integer>> tokens) {}

    static Input of(@Nullable Object input) {
        return switch (input) {
            case null -> throw invalid("input", "required");
            case String text -> new Input(List.of(text("input", text)), null);
            case List<?> items -> of(items);
            default -> throw invalid("input", WRONG);
        };
    }

    private static Input of(List<?> items) {
        if (items.isEmpty()) {
            throw invalid("input", "must not be empty");
        }
        if (items.getFirst() instanceof Number) {
            return new Input(null, List.of(tokens("input", items)));
        }
        if (items.size() > MOST) {
            throw invalid("input", "must have at most " + MOST + " inputs");
        }
        var texts = new ArrayList<String>();
        var tokens = new ArrayList<List<Integer>>();
        boolean written = items.getFirst() instanceof String;
        for (int i = 0; i < items.size(); i++) {
            String param = "input[" + i + "]";
            if (written && items.get(i) instanceof String text) {
                texts.add(text(param, text));
            } else if (!written && items.get(i) instanceof List<?> ids) {
                tokens.add(tokens(param, ids));
            } else {
                throw invalid("input", WRONG);
            }
        }
        return written ? new Input(texts, null) : new Input(null, tokens);
    }

    private static String text(String param, String text) {
        if (text.isEmpty()) {
            throw invalid(param, "must not be empty");
        }
        return text;
    }

    private static List<Integer> tokens(String param, List<?> ids) {
        if (ids.isEmpty()) {
            throw invalid(param, "must not be empty");
        }
        var tokens = new ArrayList<Integer>(ids.size());
        for (Object id : ids) {
            if (!(id instanceof Integer token) || token < 0) {
                throw invalid(param, "must have token ids only, which are integers from 0");
            }
            tokens.add(token);
        }
        return tokens;
    }
}
