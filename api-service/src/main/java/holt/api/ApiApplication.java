package holt.api;

import static java.util.Map.entry;

import holt.kafka.KafkaConfiguration;
import holt.store.StoreConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The API service, as its own process or inside another one. */
// holt.api.http answers errors instead.
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
@EnableConfigurationProperties(ApiSettings.class)
@Import({KafkaConfiguration.class, StoreConfiguration.class})
public class ApiApplication {

    /** Defaults. Everything that a user sets comes first. */
    private static final Map<String, Object> DEFAULTS =
            Map.ofEntries(
                    entry("server.address", "127.0.0.1"),
                    entry("server.port", "1088"),
                    entry("server.shutdown", "graceful"),
                    // Longer than any waiting client's deadline, so that a restart cuts off no
                    // client.
                    entry("spring.lifecycle.timeout-per-shutdown-phase", "300s"),
                    entry("spring.threads.virtual.enabled", "true"),
                    // It would add a charset to Content-Type, which some clients compare with
                    // exactly "application/json".
                    entry("spring.servlet.encoding.enabled", "false"),
                    // holt.api.http reads forms, within the limits of all bodies.
                    entry("spring.servlet.multipart.enabled", "false"),
                    entry("spring.web.resources.add-mappings", "false"),
                    entry("spring.main.banner-mode", "off"),
                    // A client's mistake gets an answer, not a log line.
                    entry("logging.level.org.springframework.web.servlet.PageNotFound", "error"),
                    entry(
                            "logging.level.org.springframework.boot.webmvc.autoconfigure.WelcomePageHandlerMapping",
                            "error"),
                    entry("logging.level.org.apache.coyote", "warn"));

    public static void main(String[] args) {
        prepare(ApiApplication.class).run(args);
    }

    /**
     * Starts the service inside this process. Closing the context ends it, after the waiting clients have their answers.
     *
     * @param args settings, such as {@code --server.port=0}
     */
    public static ConfigurableApplicationContext start(String... args) {
        SpringApplication application = prepare(ApiApplication.class);
        application.setRegisterShutdownHook(false);
        return application.run(args);
    }

    public static SpringApplication prepare(Class<?>... sources) {
        var application = new SpringApplication(sources);
        application.setDefaultProperties(DEFAULTS);
        application.addInitializers(new ManagementPort(), new ServeTls());
        return application;
    }
}
