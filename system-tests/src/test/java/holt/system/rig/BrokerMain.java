package holt.system.rig;

import holt.standalone.embedded.BrokerPorts;
import holt.standalone.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;

/**
 * A broker as a process: {@code directory port controllerPort behindPort proxyPort}. Who asks on {@code port} is told to go on there; who comes
 * to {@code behindPort}, to which a {@link Proxy} leads, is told to go on by the proxy's port.
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
