package holt.api.audit;

import holt.api.RequestRejectedException;
import holt.api.http.Answers;
import holt.api.http.Exchanges;
import holt.protocol.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes what an operator asks for: notes it in the audit, makes it, answers. What the audit does not take is not made. */
@Component
public final class MakeChange {
    private static final Logger LOG = LoggerFactory.getLogger(MakeChange.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Audit audit;
    private final Exchanges exchanges;

    MakeChange(Audit audit, Exchanges exchanges) {
        this.audit = audit;
        this.exchanges = exchanges;
    }

    /** A change. It may wait for the broker. */
    @FunctionalInterface
    public interface Change {
        /** Returns the answer's body. */
        Object make();
    }

    /** Returns at once. */
    public void make(
            AuditEntry entry,
            int status,
            Change change,
            HttpServletRequest request,
            HttpServletResponse response) {
        exchanges
                .begin(request, response, () -> {})
                .end(() -> {
                    await(audit.write(entry));
                    LOG.atInfo()
                            .addKeyValue("action", entry.action())
                            .addKeyValue("target", entry.target())
                            .addKeyValue("by", entry.by())
                            .log("an operator makes a change");
                    Answers.json(request, response, status, change.make());
                });
    }

    /**
     * Waits until the broker has what was written.
     *
     * @throws RequestRejectedException {@code OVERLOADED} if it does not take it
     */
    public static void await(CompletableFuture<?> written) {
        try {
            written.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn().setCause(e).log("a change could not be written; the operator gets 503");
            throw notTaken();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notTaken();
        }
    }

    private static RequestRejectedException notTaken() {
        return new RequestRejectedException(
                Failure.OVERLOADED, "the broker did not take the change; try again");
    }
}
