package holt.standalone.embedded;

/**
 * Loopback ports of the broker.
 *
 * @param clients for all Kafka clients
 * @param controller between broker and controller, both in this JVM
 */
public record BrokerPorts(int clients, int controller) {}
