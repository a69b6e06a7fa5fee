package holt.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import holt.api.edge.Await;
import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import holt.api.files.FileUrls;
import holt.store.PictureKeys;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A client that leaves while Tomcat's thread writes its answer. */
class LeavingClientIT {
    /** More than the buffers of a connection hold. */
    private static final int SIZE = 32 * 1024 * 1024;

    private final EdgeServer server = EdgeServer.start();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger answers = (Logger) LoggerFactory.getLogger(AnswerFailures.class);
    private final Lines lines = new Lines();

    /** The lines of {@link AnswerFailures}, and every warning of Holt and Spring. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final BlockingQueue<ILoggingEvent> all = new LinkedBlockingQueue<>();

        @Override
        protected void append(ILoggingEvent line) {
            String logger = line.getLoggerName();
            if (logger.equals(AnswerFailures.class.getName())
                    || line.getLevel().isGreaterOrEqual(Level.WARN)
                            && (logger.startsWith("holt.")
                                    || logger.startsWith("org.springframework.web."))) {
                all.add(line);
            }
        }
    }

    @BeforeEach
    void listen() {
        lines.start();
        answers.setLevel(Level.DEBUG);
        root.addAppender(lines);
    }

    @AfterEach
    void stop() {
        root.detachAppender(lines);
        answers.setLevel(null);
        server.close();
    }

    @Test
    void causesNoWarning() throws Exception {
        String key = new PictureKeys(InstantSource.system()).next("png");
        server.store().put(key, new byte[SIZE], "image/png");

        leaveAfterTheFirstLine(server.bean(FileUrls.class).url(key, ""));

        ILoggingEvent line = lines.all.poll(Await.HUNG.toSeconds(), TimeUnit.SECONDS);
        assertThat(line).hasToString("[DEBUG] client left before its answer was written");
        server.close();
        assertThat(lines.all).isEmpty();
    }

    private void leaveAfterTheFirstLine(String path) throws IOException {
        try (var client = new RawClient(server.port())) {
            assertThat(client.send(RawClient.get(path)).line()).startsWith("HTTP/1.1 200");
            client.socket.setSoLinger(true, 0);
        }
    }
}
