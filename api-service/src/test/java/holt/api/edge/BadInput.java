package holt.api.edge;

import org.jspecify.annotations.Nullable;

/**
 * A request that must be refused.
 *
 * @param param the field that the refusal names, or null if it need not name one
 */
public record BadInput(String name, byte[] request, int status, int code, @Nullable String param) {
    @Override
    public String toString() {
        return name;
    }
}
