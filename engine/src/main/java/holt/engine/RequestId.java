package holt.engine;

/** Identifies a request among those that an engine holds. */
public record RequestId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
