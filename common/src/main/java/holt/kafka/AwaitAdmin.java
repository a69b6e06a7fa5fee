package holt.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;

/** Waits for the broker's answers to administrative requests. */
final class AwaitAdmin {
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(15);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private AwaitAdmin() {}

    /**
     * @param what the request, such as "asking for the brokers"
     * @throws BrokerUnfitException if the broker refuses or does not answer. Its cause is the broker's error
     */
    static <T> T answer(KafkaFuture<T> future, String what) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String why =
                    cause instanceof TimeoutException
                            ? "the broker does not answer"
                            : cause.getMessage();
            throw new BrokerUnfitException(what + " failed: " + why, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnfitException("interrupted while " + what, e);
        }
    }

    /**
     * Waits until the broker shows what it has confirmed.
     *
     * @param late what to say if it does not
     * @throws BrokerUnfitException if it does not within 15 s
     */
    static void until(BooleanSupplier shown, String late) {
        long giveUp = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (!shown.getAsBoolean()) {
            if (System.nanoTime() - giveUp > 0) {
                throw new BrokerUnfitException(late);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
