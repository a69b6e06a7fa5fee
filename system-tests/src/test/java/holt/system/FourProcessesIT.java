package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.script.RunLog;
import holt.system.rig.topics.JobEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two API instances, two workers and 2 x 200 clients. One worker is killed. */
class FourProcessesIT {
    private static final int CLIENTS = 200;
    private static final int JOBS = 2 * CLIENTS;
    private static final int SLOTS = 8;

    @TempDir Path directory;

    @Test
    void everyClientGetsItsOwnAnswerAlthoughAWorkerIsKilled() throws Exception {
        try (var cluster = Cluster.onAnyBroker(directory);
                var chat = new Chat()) {
            // Given
            Cluster.Api one = cluster.api();
            Cluster.Api two = cluster.api();
            ChildJvm victim = cluster.worker(SLOTS);
            cluster.worker(SLOTS);

            // When
            var answers = new ArrayList<CompletableFuture<Chat.Answer>>();
            for (int i = 0; i < CLIENTS; i++) {
                answers.add(chat.askLater(one.url(), script("a" + i)));
                answers.add(chat.askLater(two.url(), script("b" + i)));
            }
            CompletableFuture.anyOf(answers.subList(100, 102).toArray(CompletableFuture<?>[]::new))
                    .get(60, TimeUnit.SECONDS);
            victim.kill();
            CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                    .get(120, TimeUnit.SECONDS);

            // Then each client got its own answer
            for (int i = 0; i < 2 * CLIENTS; i++) {
                String nonce = (i % 2 == 0 ? "a" : "b") + i / 2;
                Chat.Answer answer = answers.get(i).join();
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.text()).isEqualTo(nonce + ".0 " + nonce + ".1 ");
            }
            assertThat(answers.stream().map(answer -> answer.join().jobId()).distinct())
                    .hasSize(2 * CLIENTS);

            // And every job has an end, and only jobs of the killed worker ran again
            JobEvents events = JobEvents.read(cluster.clients());
            assertThat(events.accepted()).isEqualTo(JOBS);
            assertThat(events.unfinished()).isEmpty();
            assertThat(events.runs()).isBetween(JOBS, JOBS + SLOTS);
            List<String> ends =
                    cluster.runs().stream()
                            .filter(run -> run.what().equals("end"))
                            .map(RunLog.Run::nonce)
                            .toList();
            assertThat(ends.stream().distinct()).hasSize(JOBS);
        }
    }

    private static String script(String nonce) {
        return "nonce=" + nonce + " sleep=60 words=2";
    }
}
