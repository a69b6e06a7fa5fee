package holt.api.queue.index;

/** Where a record stands in {@code holt.events}. */
public record EventPlace(int partition, long offset) {}
