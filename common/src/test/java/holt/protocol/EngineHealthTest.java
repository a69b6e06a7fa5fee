package holt.protocol;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EngineHealthTest {
    @TestFactory
    @DisplayName("R170: a heartbeat says how the worker's engines are")
    DynamicTest aHeartbeatHasTheEngines() {
        var beat =
                new Heartbeat.OfWorker(
                        new WorkerId("w1"),
                        Heartbeat.WorkerState.SERVING,
                        List.of(),
                        List.of(
                                new EngineHealth(
                                        "openai",
                                        "gpu1:8000",
                                        null,
                                        List.of(new ModelName("org/Model-1")),
                                        32),
                                new EngineHealth(
                                        "ollama",
                                        "gpu2:11434",
                                        "the engine cannot be asked",
                                        List.of(),
                                        0)));

        return new Golden("heartbeat-worker-with-engines", Heartbeat.class, beat).test();
    }
}
