package holt.standalone.client;

/**
 * A model that a Holt serves.
 *
 * @param kind {@code chat} or {@code image}
 * @param description one line for people
 */
public record ServedModel(String name, String kind, String description) {}
