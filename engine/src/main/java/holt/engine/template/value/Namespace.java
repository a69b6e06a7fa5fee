package holt.engine.template.value;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of {@code namespace()}. {@code set} can change its attributes, also inside a loop. */
public final class Namespace implements Value.Attributed {
    private final Map<String, Value> attributes = new LinkedHashMap<>();

    public void set(String name, Value value) {
        attributes.put(name, value);
    }

    @Override
    public @Nullable Value attribute(String name) {
        return attributes.get(name);
    }

    @Override
    public String type() {
        return "namespace";
    }
}
