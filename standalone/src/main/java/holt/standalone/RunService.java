package holt.standalone;

import holt.api.ApiApplication;
import holt.worker.WorkerApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts one of the services, as a process of its own or inside the standalone one. */
final class RunService {
    private RunService() {}

    static Holt.Service api(Command.Api api, Path home) {
        ConfigurableApplicationContext context =
                startApi(
                        List.of(
                                "--holt.kafka.bootstrap=" + api.kafka(),
                                "--holt.store.endpoint=" + api.s3()),
                        api.port(),
                        api.address(),
                        home.resolve("data"));
        sayManagement(context);
        System.out.println("Holt's API is ready on " + url(context, api.address()));
        return context::close;
    }

    static Holt.Service worker(Command.Worker worker, Path home) {
        ConfigurableApplicationContext context =
                startWorker(
                        List.of(
                                "--holt.kafka.bootstrap=" + worker.kafka(),
                                "--holt.store.endpoint=" + worker.s3(),
                                "--holt.worker.device=" + worker.device()),
                        worker.models(),
                        home,
                        home.resolve("data"));
        System.out.println("Holt's worker is ready");
        return context::close;
    }

    /** @param data keeps what tells this instance from others */
    static ConfigurableApplicationContext startApi(
            List<String> settings, int port, String address, Path data) {
        var all = new ArrayList<>(settings);
        all.add("--holt.data.directory=" + data);
        all.add("--server.port=" + port);
        all.add("--server.address=" + address);
        return ApiApplication.start(all.toArray(String[]::new));
    }

    /**
     * @param home holds the built-in models
     * @param data takes the unpacked native libraries, and models unless {@code models} says where they lie
     */
    static ConfigurableApplicationContext startWorker(
            List<String> settings, @Nullable Path models, Path home, Path data) {
        var all = new ArrayList<>(settings);
        all.add("--holt.models.built-in=" + home.resolve("models"));
        all.add("--holt.data.directory=" + data);
        all.add("--holt.models.directory=" + ModelsDirectory.of(models, data));
        return new SpringApplicationBuilder(WorkerApplication.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties("spring.main.banner-mode=off", "spring.main.keep-alive=true")
                .run(all.toArray(String[]::new));
    }

    /** Where operators look. */
    static void sayManagement(ConfigurableApplicationContext api) {
        String port = api.getEnvironment().getRequiredProperty("local.management.port");
        System.out.println("Metrics: http://127.0.0.1:" + port + "/metrics");
    }

    /** Where the API listens. */
    static String url(ConfigurableApplicationContext api, String address) {
        boolean tls = Ssl.isEnabled(api.getBean(ServerProperties.class).getSsl());
        String port = api.getEnvironment().getRequiredProperty("local.server.port");
        return (tls ? "https://" : "http://") + address + ":" + port;
    }
}
