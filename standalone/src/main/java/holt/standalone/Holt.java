package holt.standalone;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The command line. Exit codes: 0 after a drained end, 1 if something does not start or go well, 2 for a wrong command line. */
public final class Holt {
    private Holt() {}

    public static void main(String[] args) {
        Path home = Path.of(System.getProperty("holt.home", "."));
        try {
            switch (ParseCommand.parse(List.of(args), home)) {
                case Command.Help _ -> System.out.print(help());
                case Command.Up up -> serve(() -> RunStandalone.start(up, home));
                case Command.Api api -> serve(() -> RunService.api(api, home));
                case Command.Worker worker -> serve(() -> RunService.worker(worker, home));
                case Command.Pull pull ->
                        run(() -> RunPull.run(pull, System.getenv(), utf8Output()));
                case Command.Models models -> run(() -> RunModels.run(models, home, utf8Output()));
                case Command.Chat chat -> run(() -> RunChat.run(chat, utf8Output()));
            }
        } catch (UsageException e) {
            fail(2, e.getMessage());
        }
    }

    /** Something that is done when it returns. */
    interface Task {
        void run() throws Exception;
    }

    private static void run(Task task) {
        try {
            task.run();
        } catch (Exception e) {
            fail(1, ReasonOf.failure(e));
        }
    }

    /** Whatever the locale: models answer in all languages. */
    private static PrintStream utf8Output() {
        return new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    /** Something that serves until it is closed; closing drains it. */
    interface Service {
        void close() throws Exception;
    }

    interface Start {
        Service start() throws Exception;
    }

    /** Returns once it serves; the end comes with SIGTERM or Ctrl-C, is drained, and is a success. */
    private static void serve(Start start) {
        prepareLogging();
        Service service;
        try {
            service = start.start();
        } catch (Exception e) {
            fail(1, ReasonOf.failure(e));
            return;
        }
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("drain")
                                .unstarted(() -> {
                                    int code = 0;
                                    try {
                                        service.close();
                                    } catch (Exception e) {
                                        System.err.println("holt: " + ReasonOf.failure(e));
                                        code = 1;
                                    }
                                    // Without this the JVM reports the signal as its exit code.
                                    Runtime.getRuntime().halt(code);
                                }));
    }

    private static void prepareLogging() {
        // Several application contexts share this process: none of them may set logging up anew.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // Before any other thread logs; Tomcat does so through java.util.logging.
        LoggerFactory.getILoggerFactory();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static void fail(int code, @Nullable String message) {
        System.err.println("holt: " + message);
        // Threads of a half-started service must not keep the process.
        Runtime.getRuntime().halt(code);
    }

    private static String help() {
        try (InputStream text = Holt.class.getResourceAsStream("help.txt")) {
            if (text == null) {
                throw new IllegalStateException("help.txt is missing from the jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
