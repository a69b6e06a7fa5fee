package holt.api.fields;

import static holt.api.fields.Fields.invalid;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a field that is a text, several texts, tokens, or several arrays of tokens. */
public final class TextsOrTokens {
    private static final String WRONG =
            "must be a string, an array of strings, an array of token ids, or an array of such arrays";

    private TextsOrTokens() {}

    /**
     * One of the two is null.
     *
     * @param texts none of them empty
     * @param tokens none of them empty
     */
    public record Input(@Nullable List<String> texts, @Nullable List<List<Integer>> tokens) {
        /** How many texts or arrays of tokens there are. */
        public int count() {
            return texts != null ? texts.size() : tokens != null ? tokens.size() : 0;
        }
    }

    /** @param most the most texts or arrays of tokens */
    public static Input of(String field, @Nullable Object value, int most) {
        return switch (value) {
            case null -> throw invalid(field, "required");
            case String text -> new Input(List.of(text(field, text)), null);
            case List<?> items -> of(field, items, most);
            default -> throw invalid(field, WRONG);
        };
    }

    private static Input of(String field, List<?> items, int most) {
        if (items.isEmpty()) {
            throw invalid(field, "must not be empty");
        }
        if (items.getFirst() instanceof Number) {
            return new Input(null, List.of(tokens(field, items)));
        }
        if (items.size() > most) {
            throw invalid(field, "must have at most " + most + " texts or arrays of tokens");
        }
        var texts = new ArrayList<String>();
        var tokens = new ArrayList<List<Integer>>();
        boolean written = items.getFirst() instanceof String;
        for (int i = 0; i < items.size(); i++) {
            String param = field + "[" + i + "]";
            if (written && items.get(i) instanceof String text) {
                texts.add(text(param, text));
            } else if (!written && items.get(i) instanceof List<?> ids) {
                tokens.add(tokens(param, ids));
            } else {
                throw invalid(field, WRONG);
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
