package holt.protocol;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * What a worker tells the waiting API instance: one {@link Started} a claim, then deltas or progress, then exactly one {@link Outcome}.
 * Job id, claim id, epoch and sequence number travel in the record's headers.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Reply permits Reply.Started, Reply.TextDelta, Reply.Progress, Outcome {

    /** @param run attempt + crashes: how often the job has now been started */
    @JsonTypeName("started")
    record Started(WorkerId worker, int run) implements Reply {}

    /** @param tokens how many tokens the text stands for; its text stays out of logs */
    @JsonTypeName("text_delta")
    record TextDelta(String text, int tokens) implements Reply {
        @Override
        public String toString() {
            return "TextDelta[" + tokens + " tokens]";
        }
    }

    /** Steps of a picture done so far, of all. */
    @JsonTypeName("progress")
    record Progress(int done, int total) implements Reply {}
}
