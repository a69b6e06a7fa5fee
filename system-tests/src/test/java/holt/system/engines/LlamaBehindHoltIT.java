package holt.system.engines;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ModelName;
import holt.system.rig.Cluster;
import holt.system.rig.LlamaServer;
import holt.system.rig.http.Chat;
import holt.system.rig.http.ClientLog;
import holt.system.rig.time.Await;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose engine is llama.cpp's server. */
@Timeout(120)
class LlamaBehindHoltIT {
    private static final int SLOTS = 2;
    private static final int TOKENS = 40;

    /** It takes many seconds. */
    private static final int LONG = 8000;

    @TempDir static Path directory;

    private static LlamaServer llama;
    private static Cluster cluster;
    private static Cluster.Api api;
    private static Chat chat;

    @BeforeAll
    static void start() throws IOException {
        LlamaServer.require();
        llama = LlamaServer.start(LlamaServer.model(directory), SLOTS);
        cluster = new Cluster(directory.resolve("cluster"));
        chat = new Chat();
        api = cluster.api("HOLT_MODELS_UNSERVED_GRACE=1s");
        cluster.realWorker(
                Files.createDirectories(directory.resolve("home")),
                "HOLT_WORKER_ENGINES_0_URL=" + llama.url());
        Await.until(LlamaBehindHoltIT::listed);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            chat.close();
            cluster.close();
            llama.close();
        }
    }

    @Test
    void aStreamHasTheTextOfAWholeAnswer() {
        ClientLog.Result whole = chat.post(api.url(), LlamaChat.of(TOKENS, false)).join();
        ClientLog.Result stream = chat.post(api.url(), LlamaChat.of(TOKENS, true)).join();

        assertThat(whole.succeeded()).isTrue();
        assertThat(stream.succeeded()).isTrue();
        assertThat(whole.text()).isNotBlank();
        assertThat(stream.text()).isEqualTo(whole.text());
    }

    @Test
    @DisplayName("R125: the engine stops within a second after its client has left")
    void aClientThatLeavesStopsTheEngine() throws IOException {
        try (var socket = new Socket(api.url().getHost(), api.url().getPort())) {
            Chat.send(socket, LlamaChat.of(LONG, true));
            Await.until(() -> llama.busy() == 1);
        }

        Await.until(Duration.ofSeconds(1), () -> llama.busy() == 0);
    }

    @Test
    @DisplayName("R121: a killed engine's model is unannounced within 10 s, and announced again")
    void aKilledEngineIsUnannouncedUntilItIsBack() {
        llama.kill();
        Await.until(Duration.ofSeconds(10), () -> !listed());

        llama.restart();
        Await.until(Duration.ofSeconds(10), LlamaBehindHoltIT::listed);

        assertThat(chat.post(api.url(), LlamaChat.of(TOKENS, false)).join().succeeded()).isTrue();
    }

    private static boolean listed() {
        return chat.lists(api.url(), new ModelName(LlamaServer.MODEL));
    }
}
