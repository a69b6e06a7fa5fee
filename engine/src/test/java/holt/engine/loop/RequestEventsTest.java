package holt.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.RequestId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestEventsTest {
    private final List<String> received = new ArrayList<>();
    private final RequestEvents<String> events =
            new RequestEvents<>(
                    new RequestId("a"),
                    event -> {
                        received.add(event);
                        if (event.equals("bad")) {
                            throw new IllegalStateException("consumer");
                        }
                    });

    @Test
    void aConsumerGetsAllEventsInOrder() {
        events.emit("first");
        events.emit("second");
        events.emitLast("end");

        assertThat(received).containsExactly("first", "second", "end");
        assertThat(events.isListening()).isTrue();
    }

    @Test
    void aConsumerThatThrowsGetsOnlyTheLastEventAfterwards() {
        events.emit("bad");
        events.emit("second");
        events.emitLast("end");

        assertThat(events.isListening()).isFalse();
        assertThat(received).containsExactly("bad", "end");
    }
}
