package holt.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.RequestId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every image engine must do, the fake and the real one alike. */
public abstract class ImageEngineContract {
    /** The same engine each time, without work at first. It makes pictures of 4 x 4. */
    protected abstract ImageEngine engine();

    /** Lets an open request go on to its end. */
    protected abstract void finish(String id);

    protected ImageRequest request(String id) {
        return new ImageRequest(new RequestId(id), "a hat", "", 4, 4, 1, 2, 1, null, null, 1);
    }

    /** Closes the engine before it can finish what it holds. */
    protected void closeWithOpenRequests() {
        engine().close();
    }

    @AfterEach
    void closeEngine() {
        engine().close();
    }

    @Test
    void aRequestStartsAndEndsOnceAfterItsPictures() throws Exception {
        RecordedImageEvents events = submit("a");

        finish("a");

        assertThat(events.end()).isInstanceOf(ImageEvent.Finished.class);
        engine().close();
        assertThat(events.all()).first().isInstanceOf(ImageEvent.Started.class);
        assertThat(events.pictures()).hasSize(1);
        assertThat(events.all()).filteredOn(ImageEngineContract::isLast).hasSize(1);
        assertThat(events.all()).last().matches(ImageEngineContract::isLast);
    }

    @Test
    void aCancelledRequestEndsAsCancelled() throws Exception {
        RecordedImageEvents cancelled = submit("a");
        RecordedImageEvents other = submit("b");

        engine().cancel(new RequestId("a"));
        finish("b");

        assertThat(cancelled.end()).isInstanceOf(ImageEvent.Cancelled.class);
        assertThat(other.end()).isInstanceOf(ImageEvent.Finished.class);
    }

    @Test
    void cancellingAnUnknownOrFinishedRequestHasNoEffect() throws Exception {
        engine().cancel(new RequestId("unknown"));
        RecordedImageEvents events = submit("a");
        finish("a");
        assertThat(events.end()).isInstanceOf(ImageEvent.Finished.class);

        engine().cancel(new RequestId("a"));
        engine().close();

        assertThat(events.all()).filteredOn(ImageEngineContract::isLast).hasSize(1);
    }

    @Test
    void closingCancelsOpenRequestsAndLaterOnes() throws Exception {
        RecordedImageEvents open = submit("a");

        closeWithOpenRequests();
        RecordedImageEvents late = submit("b");

        assertThat(open.end()).isInstanceOf(ImageEvent.Cancelled.class);
        assertThat(late.all()).hasSize(1).first().isInstanceOf(ImageEvent.Cancelled.class);
    }

    @Test
    void anIdleEngineIsNotStuck() {
        assertThat(engine().sinceProgress()).isZero();
    }

    private RecordedImageEvents submit(String id) {
        var events = new RecordedImageEvents();
        engine().submit(request(id), events);
        return events;
    }

    private static boolean isLast(ImageEvent event) {
        return switch (event) {
            case ImageEvent.Started _, ImageEvent.Progress _, ImageEvent.PictureDone _ -> false;
            case ImageEvent.Finished _, ImageEvent.Failed _, ImageEvent.Cancelled _ -> true;
        };
    }
}
