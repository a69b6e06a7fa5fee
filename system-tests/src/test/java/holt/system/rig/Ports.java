package holt.system.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback ports below those that the kernel gives to connections, so that a port stays free while its server is down. */
final class Ports {
    private static final int FIRST = 12_000;
    private static final int FORKS = 4;
    private static final int RANGE = 20_000 / FORKS;

    /** JVMs that test at the same time draw from different ranges. */
    private static final int FORK = Integer.getInteger("rig.fork", 1) % FORKS;

    private Ports() {}

    static int free() {
        while (true) {
            int port = FIRST + FORK * RANGE + ThreadLocalRandom.current().nextInt(RANGE);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException taken) {
                // Try another.
            }
        }
    }
}
