package holt.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log of {@code ./holt}. */
class LogFormatTest {
    @Test
    void theLogIsTextUnlessTheEnvironmentSaysJson() throws JoranException {
        assertThat(line(null)).contains("INFO").endsWith("a job waits jobId=\"j\"\n");

        JsonNode json = new JsonMapper().readTree(line("json"));
        assertThat(json.get("level").asString()).isEqualTo("INFO");
        assertThat(json.get("formattedMessage").asString()).isEqualTo("a job waits");
        assertThat(json.at("/kvpList/0/jobId").asString()).isEqualTo("j");
    }

    private static String line(@Nullable String format) throws JoranException {
        var context = new LoggerContext();
        if (format != null) {
            context.putProperty("HOLT_LOG_FORMAT", format);
        }
        var configure = new JoranConfigurator();
        configure.setContext(context);
        configure.doConfigure("src/main/resources/logback.xml");
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var event = new LoggingEvent("here", root, Level.INFO, "a job waits", null, null);
        event.setKeyValuePairs(List.of(new KeyValuePair("jobId", "j")));
        var appender =
                (ConsoleAppender<ILoggingEvent>) root.getAppender(format == null ? "text" : format);
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
