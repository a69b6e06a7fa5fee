package holt.standalone.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/** The embedded broker in a JVM of its own, so that a test can kill it. */
final class BrokerProcess {
    private static final String READY = "ready";

    private BrokerProcess() {}

    public static void main(String[] args) {
        EmbeddedBroker.start(
                Path.of(args[0]),
                new BrokerPorts(Integer.parseInt(args[1]), Integer.parseInt(args[2])));
        System.out.println(READY);
    }

    /** Returns once the broker serves. */
    static Process start(Path directory, BrokerPorts ports) throws IOException {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-Xmx512m",
                                BrokerProcess.class.getName(),
                                directory.toString(),
                                Integer.toString(ports.clients()),
                                Integer.toString(ports.controller()))
                        .redirectError(Redirect.INHERIT)
                        .start();
        var output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(READY)) {
                return process;
            }
        }
        throw new IllegalStateException("The broker's process ended before it was ready");
    }
}
