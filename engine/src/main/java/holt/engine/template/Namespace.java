package holt.engine.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} gives: the one value whose attributes {@code set} can change, also from inside a loop. */
final class Namespace implements Value {
    final Map<String, Value> attributes = new LinkedHashMap<>();
}
