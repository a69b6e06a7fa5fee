package holt.engine.template.builtin;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every filter by name. */
public final class Filters {
    private static final Map<String, Builtin> BY_NAME =
            Stream.of(
                            TextFilters.ALL,
                            NumberFilters.ALL,
                            SequenceFilters.ALL,
                            SelectionFilters.all(Filters::find))
                    .flatMap(List::stream)
                    .collect(Collectors.toMap(Builtin::name, Function.identity()));

    private Filters() {}

    public static @Nullable Builtin find(String name) {
        return BY_NAME.get(name);
    }
}
