package holt.api.console;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import holt.api.ApiSettings;
import holt.api.controls.PausedModels;
import holt.api.keys.FindCaller;
import holt.api.keys.NeedsKeys;
import holt.api.models.ModelCatalog;
import holt.api.models.TrackWorkers;
import holt.api.queue.TrackJobs;
import holt.api.queue.TrackQueues;
import holt.store.StoreSettings;
import java.time.InstantSource;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The routes of the console. Only the context of the management port reads this class: a file of {@code META-INF/spring} names it, and no
 * annotation leads the scan of the API's context to it.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
final class ConsoleContext {
    @Bean
    static ForwardToApi forwardToApi(
            ServerProperties api, ApiSettings settings, Environment environment) {
        return new ForwardToApi(new ApiAddress(api, settings, environment));
    }

    @Bean
    static RouterFunction<ServerResponse> console(
            ModelCatalog catalog,
            TrackWorkers workers,
            TrackQueues queues,
            TrackJobs jobs,
            PausedModels paused,
            InstantSource brokerClock,
            FindCaller callers,
            NeedsKeys needs,
            ManagementServerProperties management,
            StoreSettings store,
            ForwardToApi forward,
            ApplicationContext context) {
        var pages = new ShowPage(brokerClock, store.publicUrl());
        var access = new Access(needs.requiredAt(management.getAddress()), callers, pages);
        var assets = new Assets();
        var overview =
                new OverviewPage(
                        new MeasureJobs(jobs, brokerClock),
                        catalog,
                        queues,
                        workers,
                        jobs,
                        paused,
                        pages);
        var models = new ModelPages(catalog, queues, workers, pages);
        var history = new JobPages(jobs, catalog, forward.address(), pages);
        var playground = new PlaygroundPages(catalog, needs, forward.address(), pages);
        var settings = new SettingsPage(context, pages);
        return route().GET("/console", _ -> ShowPage.seeOther("/console/overview"))
                .GET("/console/", _ -> ShowPage.seeOther("/console/overview"))
                .GET("/console/assets/{name}", assets::serve)
                .GET("/console/sign-in", access::signIn)
                .POST("/console/sign-in", access::enter)
                .POST("/console/sign-out", access::leave)
                .add(
                        route().filter(access::check)
                                .GET("/console/overview", overview::show)
                                .GET("/console/queues", models::queues)
                                .GET("/console/workers", models::workers)
                                .GET("/console/jobs", history::list)
                                .GET("/console/jobs/{id}", history::one)
                                .GET("/console/settings", settings::show)
                                .GET(
                                        "/console/playground",
                                        _ -> ShowPage.seeOther("/console/playground/chat"))
                                .GET("/console/playground/chat", playground::chat)
                                .GET("/console/playground/images", playground::images)
                                .POST("/console/api/v1/chat/completions", forward::send)
                                .POST("/console/api/v1/images/{kind}", forward::send)
                                .GET("/console/api/v1/jobs/{id}", forward::send)
                                .DELETE("/console/api/v1/jobs/{id}", forward::send)
                                .GET("/console/api/files/{*key}", forward::send)
                                .build())
                .onError(Exception.class, pages::refused)
                .build();
    }
}
