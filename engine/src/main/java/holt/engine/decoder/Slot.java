package holt.engine.decoder;

/**
 * The place of one sequence in the key/value cache.
 *
 * @param index from 0
 */
public record Slot(int index) {}
