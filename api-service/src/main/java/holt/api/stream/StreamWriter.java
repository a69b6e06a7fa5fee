package holt.api.stream;

import holt.api.RequestRejectedException;
import holt.api.http.ErrorBody;
import holt.api.http.EventStream;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import java.io.IOException;

/** Writes a chat's replies as the events of one API. One thread uses it. */
public interface StreamWriter {
    /** The stream begins. Status 200 has been sent. */
    void begin(EventStream events) throws IOException;

    void delta(EventStream events, Reply.TextDelta delta) throws IOException;

    /** The last call if the chat has ended well. */
    void complete(EventStream events, Outcome.ChatCompleted completed) throws IOException;

    /** The last call if the chat fails after {@link #begin}. */
    default void fail(EventStream events, RequestRejectedException rejected) throws IOException {
        events.fail(ErrorBody.of(rejected));
    }

    /** The failure by the names of the route's own fields. It may come before the first event. */
    default RequestRejectedException named(RequestRejectedException failure) {
        return failure;
    }
}
