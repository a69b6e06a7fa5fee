package holt.api.models;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of models. */
class ModelsIT {
    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start("--holt.api.project=otters");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void listsModelsForBothFamiliesOfClients() throws IOException {
        assertThat(get("/v1/models").body())
                .startsWith(
                        "{\"code\":0,\"message\":\"success\",\"object\":\"list\",\"project\":\"otters\",\"data\":["
                                + "{\"id\":\"ORG/NAME\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"otters\",\"model\":\"ORG/NAME\","
                                + "\"url\":\"http://x/v1/chat/completions\",\"urls\":[\"http://x/v1/chat/completions\"],");
    }

    @Test
    @DisplayName("R83: an image model is listed with its kind and its limits")
    void listsBothEndpointsAndTheLimitsOfAnImageModel() throws IOException {
        assertThat(get("/v1/models/painter").body())
                .contains(
                        "\"url\":\"http://x/v1/images/generations\","
                                + "\"urls\":[\"http://x/v1/images/generations\",\"http://x/v1/images/edits\"]")
                .contains("\"kind\":\"image\"")
                .endsWith(
                        "\"sizes\":{\"usual\":\"512x512\",\"multiple_of\":8,\"max_pixels\":1048576}}")
                .doesNotContain("context_length");
    }

    @Test
    void namesThePublicAddressWhereThatIsSet() throws IOException {
        try (var behindProxy = EdgeServer.start("--holt.api.public-url=http://10.0.0.5:1088/");
                var client = new RawClient(behindProxy.port())) {
            assertThat(client.send(RawClient.get("/v1/models/m")).reply().body())
                    .contains("\"url\":\"http://10.0.0.5:1088/v1/chat/completions\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/models/ORG/NAME", "/v1/models/ORG%2FNAME", "/v1/models/ORG%2fNAME"})
    void findsAModelWhoseIdHasASlash(String path) throws IOException {
        RawClient.Reply reply = get(path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .startsWith(
                        "{\"code\":0,\"message\":\"success\",\"id\":\"ORG/NAME\",\"object\":\"model\",");
    }

    @Test
    void answers404ForAModelThatIsNotThere() throws IOException {
        RawClient.Reply reply = get("/v1/models/nobody");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).startsWith("{\"code\":2004,").contains("\"param\":\"model\"");
    }

    private static RawClient.Reply get(String path) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(RawClient.get(path)).reply();
        }
    }
}
