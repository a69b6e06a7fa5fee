package holt.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The fake node answers as {@code node.json} says of the real one. */
class FakeNodeTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String REGISTER = "/api/v0/ai/model/register";

    @TempDir Path temp;

    private FakeNode node;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException {
        node = FakeNode.start(temp.resolve("node.json"), 0);
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        node.close();
    }

    @Test
    void registersAndListsAnEntry() throws Exception {
        assertAnswer(17, REGISTER, entry());
        assertAnswer(22, "/api/v0/ai/project/peer", JSON.createObjectNode().put("node_id", id()));
    }

    @Test
    void refusesAUrlWithANameItDoesNotKnow() throws Exception {
        assertAnswer(18, REGISTER, NodeVectors.registration(18).get("body"));
    }

    @Test
    void refusesATypeThatIsNoNumber() throws Exception {
        assertAnswer(19, REGISTER, entry().put("type", "0"));
    }

    @Test
    void refusesAnEntryWithoutACid() throws Exception {
        assertAnswer(20, REGISTER, entry().without("cid"));
    }

    @Test
    void acceptsTheRemovalOfAnUnknownEntry() throws Exception {
        assertAnswer(21, "/api/v0/ai/model/unregister", entry().put("cid", "c9"));
    }

    @Test
    void choosesAnEntryByNameAndLoadAndNeverByType() {
        var generations = new Entry("P", "painter", "http://127.0.0.1:1/g", 1, "c-generations");
        var edits = new Entry("P", "painter", "http://127.0.0.1:1/e", 2, "c-edits");
        node.keep(
                List.of(
                        new Entry("other", "painter", "http://127.0.0.1:1/o", 1, "c"),
                        generations,
                        edits));

        assertThat(Stream.generate(() -> node.choose("P", "painter")).limit(3))
                .containsExactly(generations, edits, generations);
        node.ended(edits);
        assertThat(node.choose("P", "painter")).isEqualTo(edits);
    }

    private static ObjectNode entry() {
        return (ObjectNode) NodeVectors.registration(17).get("body").deepCopy();
    }

    private String id() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(node.url().resolve("/api/v0/id")).GET().build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body())
                .get("peer_id")
                .asString();
    }

    private void assertAnswer(int vector, String path, JsonNode body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(node.url().resolve(path))
                                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                                .build(),
                        BodyHandlers.ofString());

        JsonNode expected = NodeVectors.registration(vector).get("reply");
        assertThat(answer.statusCode()).isEqualTo(expected.get("status").intValue());
        assertThat(JSON.readTree(answer.body())).isEqualTo(expected.get("body"));
    }
}
