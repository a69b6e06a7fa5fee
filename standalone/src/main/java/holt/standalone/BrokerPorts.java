package holt.standalone;

/**
 * Loopback ports of the broker.
 *
 * @param clients for producers and consumers
 * @param controller where broker and controller of this JVM talk to each other
 */
public record BrokerPorts(int clients, int controller) {}
