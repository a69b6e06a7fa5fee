package holt.standalone.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An engine outside of Holt, as its worker sees it.
 *
 * @param trouble why none of its models is served; null: they are
 * @param slots jobs at once of each model
 */
public record ServedEngine(
        String kind, String address, @Nullable String trouble, List<String> models, int slots) {}
