package holt.api.edge;

import org.jspecify.annotations.Nullable;

/**
 * A request that must be refused.
 *
 * @param param the field that the refusal names; null where it need not name one
 */
public record BadInput(
        String group, String name, byte[] request, int status, int code, @Nullable String param) {
    @Override
    public String toString() {
        return group + ": " + name;
    }
}
