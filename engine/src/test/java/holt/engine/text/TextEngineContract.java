package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.RequestId;
import holt.engine.text.sampling.Sampling;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every text engine must do, the fake and the real one alike. */
public abstract class TextEngineContract {
    /** The same engine each time, without work at first. */
    protected abstract TextEngine engine();

    /** Lets an open request go on to its end. */
    protected abstract void finish(String id);

    protected TextRequest request(String id) {
        return new TextRequest(
                new RequestId(id),
                List.of(new ChatTurn("user", "3")),
                Sampling.GREEDY,
                4,
                List.of(),
                1);
    }

    @AfterEach
    void closeEngine() {
        engine().close();
    }

    @Test
    void aRequestStartsAndEndsOnce() throws Exception {
        RecordedEvents events = submit("a");

        finish("a");

        assertThat(events.end()).isInstanceOf(TextEvent.Finished.class);
        engine().close();
        assertThat(events.all()).first().isInstanceOf(TextEvent.Started.class);
        assertThat(events.all()).filteredOn(TextEngineContract::isLast).hasSize(1);
        assertThat(events.all()).last().matches(TextEngineContract::isLast);
    }

    @Test
    void aCancelledRequestEndsAsCancelled() throws Exception {
        RecordedEvents cancelled = submit("a");
        RecordedEvents other = submit("b");

        engine().cancel(new RequestId("a"));
        finish("b");

        assertThat(cancelled.end()).isInstanceOf(TextEvent.Cancelled.class);
        assertThat(other.end()).isInstanceOf(TextEvent.Finished.class);
    }

    @Test
    void cancellingAnUnknownOrFinishedRequestHasNoEffect() throws Exception {
        engine().cancel(new RequestId("unknown"));
        RecordedEvents events = submit("a");
        finish("a");
        assertThat(events.end()).isInstanceOf(TextEvent.Finished.class);

        engine().cancel(new RequestId("a"));
        engine().close();

        assertThat(events.all()).filteredOn(TextEngineContract::isLast).hasSize(1);
    }

    @Test
    void closingCancelsOpenRequestsAndLaterOnes() throws Exception {
        RecordedEvents open = submit("a");

        closeWithOpenRequests();
        RecordedEvents late = submit("b");

        assertThat(open.end()).isInstanceOf(TextEvent.Cancelled.class);
        assertThat(late.all()).hasSize(1).first().isInstanceOf(TextEvent.Cancelled.class);
    }

    @Test
    void anIdleEngineIsNotStuck() {
        assertThat(engine().sinceProgress()).isZero();
    }

    /** Closes the engine before it can finish what it holds. */
    protected void closeWithOpenRequests() {
        engine().close();
    }

    private RecordedEvents submit(String id) {
        var events = new RecordedEvents();
        engine().submit(request(id), events);
        return events;
    }

    private static boolean isLast(TextEvent event) {
        return switch (event) {
            case TextEvent.Started _, TextEvent.Output _ -> false;
            case TextEvent.Finished _, TextEvent.Failed _, TextEvent.Cancelled _ -> true;
        };
    }
}
