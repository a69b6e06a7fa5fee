package holt.standalone;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.KafkaSettings;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartIT {
    @TempDir Path temp;

    @Test
    void aJobWaitsForAWorkerOverKill9() throws Exception {
        var holt = new HoltProcess(temp).withSharedLibraries();
        Process first = holt.start("up", "--port", "0", "--data", holt.data());
        HoltProcess.url(first);
        first.destroy();
        assertThat(first.waitFor()).isZero();

        JobId job;
        Process without = holt.start("up", "--port", "0", "--workers", "0", "--data", holt.data());
        try (var http = HttpClient.newHttpClient()) {
            String url = HoltProcess.url(without);
            assertThat(HoltProcess.get(url + "/v1/models")).contains("\"holt-chat\"");
            // The head of a stream comes at once, and names the job.
            HttpResponse<InputStream> stream = http.send(chat(url), BodyHandlers.ofInputStream());
            job = new JobId(stream.headers().firstValue("X-Holt-Job-Id").orElseThrow());
            await(job, event -> event instanceof JobEvent.Accepted ? true : null);
            without.destroyForcibly().waitFor();
            // The stream has no end that could be waited for.
            http.shutdownNow();
        } finally {
            without.destroyForcibly();
        }

        Process again = holt.start("up", "--port", "0", "--data", holt.data());
        try {
            HoltProcess.url(again);
            Outcome outcome =
                    await(
                            job,
                            event -> event instanceof JobEvent.Finished end ? end.outcome() : null);
            assertThat(outcome).isInstanceOf(Outcome.ChatCompleted.class);
        } finally {
            again.destroyForcibly();
        }
    }

    private static HttpRequest chat(String url) {
        return HoltProcess.request(
                url + "/v1/chat/completions",
                """
                {"model":"holt-chat","max_tokens":8,"stream":true,
                 "messages":[{"role":"user","content":"Hello!"}]}\
                """);
    }

    /** The first answer that an event of the job gives. */
    private <T> T await(JobId job, Function<JobEvent, @Nullable T> ask) throws Exception {
        var ports = new Properties();
        try (var reader = Files.newBufferedReader(temp.resolve("data/ports.properties"))) {
            ports.load(reader);
        }
        var clients =
                new KafkaClients(
                        new KafkaSettings(
                                "127.0.0.1:" + ports.getProperty("kafka"),
                                (short) 1,
                                KafkaSettings.TopicChanges.CREATE,
                                "holt.",
                                Duration.ofSeconds(2),
                                Map.of()));
        var answer = new CompletableFuture<T>();
        try (var _ =
                FollowTopic.messages(
                        clients,
                        TOPICS.events(),
                        new FollowTopic.From.Beginning(),
                        JobEvent.class,
                        (event, _) -> {
                            @Nullable T found = event.job().equals(job) ? ask.apply(event) : null;
                            if (found != null) {
                                answer.complete(found);
                            }
                        })) {
            return answer.get(60, TimeUnit.SECONDS);
        }
    }
}
