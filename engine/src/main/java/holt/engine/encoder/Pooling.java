package holt.engine.encoder;

/** How the states of an input's tokens become one vector. */
public enum Pooling {
    MEAN("mean"),
    MAX("max"),
    CLS("cls"),
    LAST_TOKEN("lasttoken");

    private final String label;

    Pooling(String label) {
        this.label = label;
    }

    /** The name that sentence-transformers and {@code holt_pooling.py} give it. */
    public String label() {
        return label;
    }
}
