package holt.engine.text;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts in JSON values, keys included: all that a client wrote. */
final class UserTexts {
    private UserTexts() {}

    /** All texts of a value, in its order. */
    static List<String> in(@Nullable Object value) {
        List<String> texts = new ArrayList<>();
        collect(value, texts);
        return texts;
    }

    private static void collect(@Nullable Object value, List<String> texts) {
        switch (value) {
            case String text -> texts.add(text);
            case List<?> items -> items.forEach(item -> collect(item, texts));
            case Map<?, ?> entries ->
                    entries.forEach((key, each) -> {
                        collect(key, texts);
                        collect(each, texts);
                    });
            case null, default -> {}
        }
    }

    /** The value with other texts, as many as {@link #in} found. */
    static Map<?, ?> replace(Map<?, ?> value, List<String> texts) {
        return replaceEntries(value, texts.iterator());
    }

    private static @Nullable Object replace(@Nullable Object value, Iterator<String> texts) {
        return switch (value) {
            case String _ -> texts.next();
            case List<?> items -> {
                List<@Nullable Object> replaced = new ArrayList<>(items.size());
                for (Object item : items) {
                    replaced.add(replace(item, texts));
                }
                yield replaced;
            }
            case Map<?, ?> entries -> replaceEntries(entries, texts);
            case null -> null;
            default -> value;
        };
    }

    private static Map<?, ?> replaceEntries(Map<?, ?> entries, Iterator<String> texts) {
        Map<@Nullable Object, @Nullable Object> replaced = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            Object key = replace(entry.getKey(), texts);
            replaced.put(key, replace(entry.getValue(), texts));
        }
        return replaced;
    }
}
