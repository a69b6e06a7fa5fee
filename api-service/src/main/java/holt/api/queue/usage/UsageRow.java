package holt.api.queue.usage;

/** What one key used of one model in one hour, as {@code holt.usage} holds it. */
public record UsageRow(UsageKey key, UsageCounts counts) {}
