package holt.api.queue.publish;

/** A broker's health that a test decides. */
public final class FakeHealth implements BrokerHealth {
    public volatile boolean silent;
    public volatile boolean recovered;
    public volatile int unconfirmed;

    @Override
    public boolean isSilent() {
        return silent;
    }

    @Override
    public synchronized void unconfirmed() {
        unconfirmed++;
    }

    @Override
    public boolean hasRecovered() {
        return recovered;
    }
}
