package holt.standalone.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The engines whose models a worker serves. */
final class EngineOptions {
    @Option(
            names = "--engine",
            paramLabel = "URL",
            converter = Values.Url.class,
            description = "an OpenAI-compatible server whose models are served; may repeat")
    List<URI> urls = List.of();

    @Option(
            names = "--engine-command",
            paramLabel = "COMMAND",
            description = {
                "starts such a server, and ends it with the worker; may repeat.",
                "{port} in it becomes a free port."
            })
    List<String> commands = List.of();

    /** The settings that name the engines. */
    List<String> settings() {
        var settings = new ArrayList<String>();
        urls.forEach(url -> add(settings, "url=" + url));
        commands.forEach(command -> add(settings, "command=" + command));
        return settings;
    }

    private static void add(List<String> settings, String setting) {
        settings.add("--holt.worker.engines[" + settings.size() + "]." + setting);
    }
}
