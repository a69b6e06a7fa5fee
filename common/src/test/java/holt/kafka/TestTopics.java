package holt.kafka;

/** The names with the default prefix. */
public final class TestTopics {
    public static final Topics TOPICS = new Topics("holt.");

    private TestTopics() {}
}
