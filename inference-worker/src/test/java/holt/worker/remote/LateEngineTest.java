package holt.worker.remote;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ModelName;
import holt.worker.TestJobs;
import holt.worker.models.ModelRunner;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LateEngineTest {
    private final List<ModelRunner> found = new ArrayList<>();
    private final RemoteEngine engine =
            new RemoteEngine(
                    EngineSettings.at(URI.create("http://127.0.0.1:1")), new Api(), found::add);
    private @Nullable Exception fault;

    @BeforeEach
    void find() {
        engine.check();
    }

    @Test
    @DisplayName("R121: a busy engine may be late once, and not twice")
    void aBusyEngineMayBeLateOnce() {
        fault = new TimeoutException();
        engine.check();
        assertThat(served()).isTrue();

        engine.check();
        assertThat(served()).isFalse();

        fault = null;
        engine.check();
        assertThat(served()).isTrue();
    }

    @Test
    void anAnswerBetweenTwoLateOnesCounts() {
        fault = new TimeoutException();
        engine.check();
        fault = null;
        engine.check();
        fault = new TimeoutException();
        engine.check();

        assertThat(served()).isTrue();
    }

    @Test
    @DisplayName("R120: an engine that refuses the connection is down at once")
    void aRefusedConnectionCountsAtOnce() {
        fault = new ConnectException();
        engine.check();

        assertThat(served()).isFalse();
    }

    private boolean served() {
        return found.getFirst().served();
    }

    private final class Api implements EngineApi {
        @Override
        public Map<String, JsonNode> models() throws IOException {
            if (fault != null) {
                throw new IOException(fault);
            }
            return Map.of("m", new JsonMapper().createObjectNode());
        }

        @Override
        public Model model(ModelName name, String own, JsonNode listed) {
            return new Model(
                    TestJobs.CHAT_MODEL,
                    1,
                    (_, _, _) -> {
                        throw new UnsupportedOperationException();
                    });
        }

        @Override
        public void close() {}
    }
}
