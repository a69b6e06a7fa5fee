package holt.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;

/** Waits for the broker's answers to administrative requests. */
final class AwaitAdmin {
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
}
