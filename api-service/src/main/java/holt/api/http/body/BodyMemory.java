package holt.api.http.body;

import holt.api.MemoryBudget;
import holt.api.Refusal;
import holt.api.RequestRejectedException;
import jakarta.servlet.ServletRequest;
import java.time.Duration;

/**
 * The memory of one request's body, from its first byte until the request's thread is done with it. Small bodies need no permission: without
 * them, large ones would keep everybody waiting.
 */
final class BodyMemory {
    static final int SMALL = 64 * 1024;

    /** Before a client is refused. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** What a body takes while its JSON becomes text and its pictures become pixels, in bodies. */
    private static final int PARSED = 4;

    private static final String ATTRIBUTE = BodyMemory.class.getName();

    private final MemoryBudget reading;
    private final MemoryBudget parsing;
    private final Duration patience;
    private long read;
    private long parsed;

    private BodyMemory(MemoryBudget reading, MemoryBudget parsing, Duration patience) {
        this.reading = reading;
        this.parsing = parsing;
        this.patience = patience;
    }

    /** Released with {@link #release}. */
    static BodyMemory of(
            ServletRequest request, MemoryBudget reading, MemoryBudget parsing, Duration patience) {
        var memory = new BodyMemory(reading, parsing, patience);
        request.setAttribute(ATTRIBUTE, memory);
        return memory;
    }

    static void release(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof BodyMemory memory) {
            request.removeAttribute(ATTRIBUTE);
            memory.reading.release(memory.read);
            memory.parsing.release(memory.parsed);
        }
    }

    /**
     * Before so many bytes are read.
     *
     * @throws RequestRejectedException {@code RATE_LIMIT_EXCEEDED} if there is no room in time
     */
    void read(long bytes) {
        if (bytes > SMALL) {
            reserve(reading, bytes);
            read = bytes;
        }
    }

    /** Before these bytes, all of the body, are parsed. Throws like {@link #read}. */
    void parse(long bytes) {
        if (bytes > SMALL) {
            reading.release(read - bytes);
            read = bytes;
            reserve(parsing, PARSED * bytes);
            parsed = PARSED * bytes;
        }
    }

    private void reserve(MemoryBudget budget, long bytes) {
        try {
            if (budget.reserve(bytes, patience)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw RequestRejectedException.limited(
                Refusal.of(Refusal.Reason.TOO_LARGE),
                "requests fill the memory of this instance; send a smaller one, or try again later",
                RETRY_AFTER);
    }
}
