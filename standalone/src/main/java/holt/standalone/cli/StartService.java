package holt.standalone.cli;

import holt.api.ApiApplication;
import holt.api.console.ConsoleUrl;
import holt.store.CheckStoreAtStart;
import holt.worker.WorkerApplication;
import holt.worker.management.ManagementServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the API or a worker, alone or inside a standalone Holt. */
final class StartService {
    private StartService() {}

    static AutoCloseable api(String kafka, URI s3, int port, String address, Path home) {
        ConfigurableApplicationContext context =
                startApi(
                        List.of("--holt.kafka.bootstrap=" + kafka, "--holt.store.endpoint=" + s3),
                        port,
                        address,
                        home.resolve("data"),
                        ApiApplication.class,
                        CheckStoreAtStart.class);
        printManagement(context);
        System.out.println("Holt's API is ready on " + url(context, address));
        return context::close;
    }

    /** @param engines settings that name them */
    static AutoCloseable worker(
            String kafka,
            URI s3,
            @Nullable Path models,
            String device,
            List<String> engines,
            Path home) {
        var settings =
                new ArrayList<String>(
                        List.of(
                                "--holt.kafka.bootstrap=" + kafka,
                                "--holt.store.endpoint=" + s3,
                                "--holt.worker.device=" + device));
        settings.addAll(engines);
        ConfigurableApplicationContext context =
                startWorker(
                        settings,
                        models,
                        home,
                        home.resolve("data"),
                        // Models load after this check.
                        CheckStoreAtStart.class,
                        WorkerApplication.class);
        String management = context.getBean(ManagementServer.class).url();
        if (management != null) {
            System.out.println("Metrics: " + management + "/metrics");
        }
        System.out.println("Holt's worker is ready");
        return context::close;
    }

    static ConfigurableApplicationContext startApi(
            List<String> settings, int port, String address, Path data) {
        return startApi(settings, port, address, data, ApiApplication.class);
    }

    /** @param data holds this instance's identity */
    private static ConfigurableApplicationContext startApi(
            List<String> settings, int port, String address, Path data, Class<?>... sources) {
        var all = new ArrayList<>(settings);
        all.add("--holt.data.directory=" + data);
        all.add("--server.port=" + port);
        all.add("--server.address=" + address);
        SpringApplication application = ApiApplication.prepare(sources);
        application.setRegisterShutdownHook(false);
        return application.run(all.toArray(String[]::new));
    }

    static ConfigurableApplicationContext startWorker(
            List<String> settings, @Nullable Path models, Path home, Path data) {
        return startWorker(settings, models, home, data, WorkerApplication.class);
    }

    /**
     * @param home holds the built-in models
     * @param data holds the unpacked native libraries, and the models unless {@code models} names another folder
     */
    private static ConfigurableApplicationContext startWorker(
            List<String> settings,
            @Nullable Path models,
            Path home,
            Path data,
            Class<?>... sources) {
        var all = new ArrayList<>(settings);
        all.add("--holt.data.directory=" + data);
        all.add("--holt.models.directory=" + ModelsDirectory.of(models, data));
        return worker(home, sources).run(all.toArray(String[]::new));
    }

    /** The environment replaces these properties, but not the arguments of a run. */
    static SpringApplicationBuilder worker(Path home, Class<?>... sources) {
        return new SpringApplicationBuilder(sources)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.main.keep-alive=true",
                        "holt.models.built-in=" + home.resolve("models"));
    }

    /** Prints where metrics and console are. */
    static void printManagement(ConfigurableApplicationContext api) {
        String port = api.getEnvironment().getRequiredProperty("local.management.port");
        System.out.println("Metrics: http://127.0.0.1:" + port + "/metrics");
        System.out.println("Console: http://127.0.0.1:" + port + ConsoleUrl.PATH);
    }

    /** The API's URL. */
    static String url(ConfigurableApplicationContext api, String address) {
        boolean tls = Ssl.isEnabled(api.getBean(ServerProperties.class).getSsl());
        String port = api.getEnvironment().getRequiredProperty("local.server.port");
        return (tls ? "https://" : "http://") + address + ":" + port;
    }
}
