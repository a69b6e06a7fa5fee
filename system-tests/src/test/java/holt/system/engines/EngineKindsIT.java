package holt.system.engines;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ModelName;
import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.http.ClientLog;
import holt.system.rig.http.Pictures;
import holt.system.rig.time.Await;
import holt.worker.remote.comfyui.FakeComfyUi;
import holt.worker.remote.ollama.FakeOllama;
import holt.worker.remote.sdapi.FakeSdApi;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** One worker with an engine of each kind that has an API of its own. The engines are fakes, and all else is real. */
@Timeout(120)
class EngineKindsIT {
    private static final String CHAT =
            "{\"model\":\"tiny:latest\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @TempDir static Path directory;

    private static FakeOllama ollama;
    private static FakeSdApi sd;
    private static FakeComfyUi comfy;
    private static Cluster cluster;
    private static Cluster.Api api;
    private static Chat chat;
    private static HttpClient http;

    @BeforeAll
    static void start() throws IOException {
        ollama = new FakeOllama();
        sd = new FakeSdApi();
        comfy = new FakeComfyUi();
        Path workflow = Files.writeString(directory.resolve("painter.json"), FakeComfyUi.WORKFLOW);
        cluster = new Cluster(directory.resolve("cluster"));
        chat = new Chat();
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        api = cluster.api();
        Path home = Files.createDirectories(directory.resolve("home"));
        cluster.realWorker(
                home,
                "HOLT_WORKER_ENGINES_0_URL=" + ollama.url(),
                "HOLT_WORKER_ENGINES_0_KIND=ollama",
                "HOLT_WORKER_ENGINES_1_URL=" + sd.url(),
                "HOLT_WORKER_ENGINES_1_KIND=sdapi",
                "HOLT_WORKER_ENGINES_2_URL=" + comfy.url(),
                "HOLT_WORKER_ENGINES_2_KIND=comfyui",
                "HOLT_WORKER_ENGINES_2_WORKFLOWS_PAINTER=" + workflow);
        Stream.of("tiny:latest", "v1-5-pruned", "painter")
                .forEach(model -> Await.until(() -> chat.lists(api.url(), new ModelName(model))));
    }

    @AfterAll
    static void stop() throws IOException {
        http.close();
        chat.close();
        cluster.close();
        ollama.close();
        sd.close();
        comfy.close();
    }

    @Test
    void anOllamaStreamsAChat() {
        ClientLog.Result answer = chat.post(api.url(), CHAT).join();

        assertThat(answer.succeeded()).isTrue();
        assertThat(answer.text()).isEqualTo("Hi");
    }

    @Test
    void aClientThatLeavesEndsTheChatInTheEngine() throws Exception {
        ollama.neverEnd();
        ollama.bodies.clear();
        Socket client = Chat.send(new Socket(api.url().getHost(), api.url().getPort()), CHAT);
        assertThat(ollama.bodies.poll(30, TimeUnit.SECONDS)).isNotNull();

        client.close();

        ollama.closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aCheckpointMakesAPictureWhoseUrlOpens() throws Exception {
        URI picture = picture("v1-5-pruned");

        assertThat(Pictures.size(Pictures.fetch(picture))).isEqualTo("100x60");
    }

    @Test
    void aWorkflowMakesAPictureWhoseUrlOpens() throws Exception {
        URI picture = picture("painter");

        assertThat(Pictures.size(Pictures.fetch(picture))).isEqualTo("100x60");
        assertThat(comfy.prompts.take().at("/prompt/6/inputs/text").asString()).isEqualTo("a hat");
    }

    @Test
    void aClientThatLeavesInterruptsTheEngine() throws Exception {
        sd.neverEnd();
        sd.bodies.clear();
        CompletableFuture<HttpResponse<String>> client =
                http.sendAsync(request("v1-5-pruned"), BodyHandlers.ofString());
        assertThat(sd.bodies.poll(30, TimeUnit.SECONDS)).isNotNull();

        client.cancel(true);

        sd.interrupted.get(10, TimeUnit.SECONDS);
    }

    private static URI picture(String model) throws Exception {
        HttpResponse<String> response = http.send(request(model), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return URI.create(new JsonMapper().readTree(response.body()).at("/data/0/url").asString());
    }

    private static HttpRequest request(String model) {
        return HttpRequest.newBuilder(api.url().resolve("/v1/images/generations"))
                .header("Content-Type", "application/json")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"model\":\"%s\",\"prompt\":\"a hat\",\"size\":\"100x60\"}"
                                        .formatted(model)))
                .build();
    }
}
