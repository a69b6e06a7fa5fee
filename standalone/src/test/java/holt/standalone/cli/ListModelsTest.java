package holt.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.engine.GgufFixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListModelsTest {
    @TempDir Path temp;

    @Test
    void listsWhatLiesOnTheDiskWithWhatKeepsItFromBeingServed() throws IOException {
        Path models = temp.resolve("models");
        Fixtures.model("smollm2", models);
        Fixtures.imageModel("sd1", models);
        Path strange = Fixtures.model("qwen2", models).resolve("config.json");
        Files.writeString(
                strange, Files.readString(strange).replace("Qwen2ForCausalLM", "OtterForCausalLM"));
        Files.delete(Fixtures.model("llama3", models).resolve("tokenizer.json"));
        Files.move(GgufFixtures.of("qwen3", temp), models.resolve("otter.gguf"));
        Files.createDirectories(models.resolve("no-model"));
        Files.createDirectories(models.resolve("models--org--tiny/snapshots/abc"));

        assertThat(list(models).lines().map(String::strip))
                .anyMatch(line ->
                        line.matches("smollm2 +chat +\\d+\\.\\d kB +0\\.0 M +LlamaForCausalLM"))
                .anyMatch(line ->
                        line.matches(
                                "sd1 +image +\\d+\\.\\d kB +\\d\\.\\d M +StableDiffusion\\w*Pipeline"))
                .anyMatch(line ->
                        line.matches(
                                "qwen2 +chat +.*cannot be served: .*OtterForCausalLM is not supported.*"))
                .anyMatch(line ->
                        line.matches("llama3 +chat +.*cannot be served: .* has no tokenizer.json"))
                .anyMatch(line ->
                        line.matches("otter +chat +\\d+\\.\\d kB +0\\.0 M +Qwen3ForCausalLM"))
                .anyMatch(line ->
                        line.matches(
                                "models--org--tiny +cannot be served: it is a cache of the hub.*"))
                .noneMatch(line -> line.startsWith("no-model"))
                .anyMatch(line -> line.startsWith("Served: unknown, because no Holt answers"));
    }

    private String list(Path models) throws IOException {
        var written = new ByteArrayOutputStream();
        new ListModels(
                        temp.resolve("home"),
                        models,
                        temp.resolve("data"),
                        new PrintStream(written, true, StandardCharsets.UTF_8))
                .list(nobody());
        return written.toString(StandardCharsets.UTF_8);
    }

    /** A port that was free a moment ago. */
    private static URI nobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
