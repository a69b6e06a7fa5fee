package holt.api.queue.publish;

/** Whether the broker answers this instance. */
public interface BrokerHealth {
    /** Whether the broker has confirmed no heartbeat for so long that it will not confirm a job in time. */
    boolean isSilent();

    /** The broker did not confirm a job in time. */
    void unconfirmed();

    /** Whether the broker has confirmed a heartbeat since the last {@link #unconfirmed}. */
    boolean hasRecovered();
}
