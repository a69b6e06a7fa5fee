package holt.api.queue.publish;

/** Whether the broker answers this instance. */
@FunctionalInterface
public interface BrokerHealth {
    /** Whether the broker has confirmed no heartbeat for so long that it will not confirm a job in time. */
    boolean isSilent();
}
