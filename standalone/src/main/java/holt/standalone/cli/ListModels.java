package holt.standalone.cli;

import holt.engine.ModelFacts;
import holt.engine.NativeRuntime;
import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.GgufParts;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.directory.FoundModels;
import holt.engine.embedding.EmbeddingModels;
import holt.engine.image.ImageModels;
import holt.engine.text.TextModels;
import holt.standalone.client.AdminClient;
import holt.standalone.client.HoltAnswerException;
import holt.standalone.client.HoltClient;
import holt.standalone.client.ServedEngine;
import holt.standalone.client.ServedModel;
import holt.standalone.embedded.DataDirectory;
import holt.standalone.hub.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Lists the models on disk, with the reason if Holt cannot serve one, and the models that a running Holt serves. */
final class ListModels {
    private static final List<String> HEAD = List.of("NAME", "KIND", "SIZE", "PARAMETERS", "");

    private final Path builtIn;
    private final Path models;
    private final Path data;
    private final PrintStream out;

    /** @param data takes the unpacked native libraries */
    ListModels(Path builtIn, Path models, Path data, PrintStream out) {
        this.builtIn = builtIn;
        this.models = models;
        this.data = data;
        this.out = out;
    }

    /** @param holt the URL of a Holt that may run */
    void list(URI holt) throws IOException {
        DataDirectory.createForOwnerOnly(data.toAbsolutePath());
        NativeRuntime.prepareTokenizers(data.resolve("native"));
        List<List<String>> rows = new ArrayList<>(onDisk(builtIn));
        rows.addAll(onDisk(models));
        out.println("On disk, built in and in " + models + ":");
        var table = new PrintTable(out);
        table.print(HEAD, rows);
        out.println();
        try {
            List<ServedModel> served = new HoltClient(holt, Values.keyOf(System.getenv())).models();
            out.println("Served on " + holt + ":");
            table.print(
                    List.of("NAME", "KIND", ""),
                    served.stream()
                            .map(model -> List.of(model.name(), model.kind(), model.description()))
                            .toList());
        } catch (HoltAnswerException e) {
            out.println("Served: unknown, because " + e.getMessage());
            return;
        }
        listEngines(new AdminClient(holt, Values.adminKeyOf(System.getenv())));
    }

    private void listEngines(AdminClient holt) {
        try {
            List<ServedEngine> engines = holt.engines();
            if (!engines.isEmpty()) {
                out.println();
                out.println("Engines:");
                new PrintTable(out)
                        .print(
                                List.of("ADDRESS", "KIND", "SLOTS", "MODELS", "STATE"),
                                engines.stream().map(ListModels::row).toList());
            }
        } catch (HoltAnswerException e) {
            out.println("Engines: unknown, because " + e.getMessage());
        }
    }

    private static List<String> row(ServedEngine engine) {
        return List.of(
                engine.address(),
                engine.kind(),
                Integer.toString(engine.slots()),
                String.join(", ", engine.models()),
                engine.trouble() == null ? "up" : "down: " + engine.trouble());
    }

    private static List<List<String>> onDisk(Path directory) throws IOException {
        FoundModels found = FoundModels.in(directory);
        List<List<String>> rows = new ArrayList<>();
        for (Path model : found.models()) {
            rows.add(row(model));
        }
        found.unusable()
                .forEach((path, reason) ->
                        rows.add(
                                List.of(
                                        path.getFileName().toString(),
                                        "",
                                        "",
                                        "",
                                        "cannot be served: " + reason)));
        return rows;
    }

    private static List<String> row(Path model) throws IOException {
        boolean image = ImageModels.isModel(model);
        boolean embedding = !image && EmbeddingModels.isModel(model);
        String parameters = "";
        String remark;
        try {
            ModelFacts facts =
                    image
                            ? ImageModels.inspect(model)
                            : embedding
                                    ? EmbeddingModels.inspect(model)
                                    : TextModels.inspect(model);
            parameters = millions(facts.parameters());
            remark = facts.architecture();
        } catch (UnloadableModelException e) {
            remark = "cannot be served: " + e.getMessage();
        }
        return List.of(
                ModelFiles.nameOf(model),
                image ? "image" : embedding ? "embedding" : "chat",
                Progress.size(sizeOf(model)),
                parameters,
                remark);
    }

    private static String millions(long parameters) {
        return parameters < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f M", parameters / 1e6)
                : String.format(Locale.ROOT, "%.2f B", parameters / 1e9);
    }

    private static long sizeOf(Path model) throws IOException {
        if (Files.isRegularFile(model)) {
            return GgufParts.of(model).stream().mapToLong(part -> part.toFile().length()).sum();
        }
        try (Stream<Path> files = Files.walk(model.toRealPath())) {
            return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }
}
