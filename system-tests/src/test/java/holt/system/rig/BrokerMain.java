package holt.system.rig;

import holt.standalone.embedded.BrokerPorts;
import holt.standalone.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;

/**
 * The process of a broker. Arguments: {@code directory port controllerPort behindPort proxyPort}. Clients of {@code port} stay on that port. A
 * {@link Proxy} leads to {@code behindPort}, and the broker sends its clients back to the proxy's port.
 */
final class BrokerMain {
    static final String READY = "broker ready";

    private BrokerMain() {}

    public static void main(String[] args) {
        var ports = new BrokerPorts(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        String direct = "BROKER://127.0.0.1:" + ports.clients();
        EmbeddedBroker.start(
                Path.of(args[0]),
                ports,
                Map.of(
                        "group.share.min.record.lock.duration.ms",
                        "1000",
                        "listeners",
                        direct
                                + ",BEHIND://127.0.0.1:"
                                + args[3]
                                + ",CONTROLLER://127.0.0.1:"
                                + ports.controller(),
                        "advertised.listeners",
                        direct + ",BEHIND://127.0.0.1:" + args[4],
                        "listener.security.protocol.map",
                        "BROKER:PLAINTEXT,BEHIND:PLAINTEXT,CONTROLLER:PLAINTEXT"));
        System.out.println(READY);
    }
}
