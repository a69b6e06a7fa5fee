package holt.standalone.cli;

import holt.kafka.EndProcess;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Starts a service, and drains it at SIGTERM, at Ctrl-C, or if the service ends the process. */
final class ServeUntilStopped {
    private ServeUntilStopped() {}

    /**
     * Returns once the service serves.
     *
     * @param start starts the service, whose close drains it
     */
    static void serve(Callable<AutoCloseable> start) throws Exception {
        prepareLogging();
        AutoCloseable service = start.call();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("drain").unstarted(() -> drain(service)));
    }

    private static void drain(AutoCloseable service) {
        int code = EndProcess.code();
        try {
            service.close();
        } catch (Exception e) {
            System.err.println("holt: " + ReasonOf.failure(e));
            code = 1;
        }
        // Otherwise the JVM returns the signal as its exit code.
        Runtime.getRuntime().halt(code);
    }

    private static void prepareLogging() {
        // Several Spring contexts share this process. None of them may configure logging again.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // Tomcat logs through java.util.logging. This must run before any other thread logs.
        LoggerFactory.getILoggerFactory();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
