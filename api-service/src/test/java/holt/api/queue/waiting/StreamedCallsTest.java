package holt.api.queue.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.ReplyHeaders;
import holt.protocol.ClaimId;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.ToolCall;
import holt.protocol.WorkerId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StreamedCallsTest {
    private static final Reply.Part.Call CALL = new Reply.Part.Call(0, "c1", "weather");
    private static final Reply.Part THOUGHT = new Reply.Part.Reasoning();

    private final List<Reply> replies = new ArrayList<>();
    private final WaitingClient client = new WaitingClient(replies::add, true, false, () -> {});

    @Test
    void aCallWithoutArgumentsIsAnnounced() {
        deliver("a", 1, part("", CALL));
        deliver("a", 1, part("", CALL));

        assertThat(replies).containsExactly(part("", CALL));
    }

    @Test
    @DisplayName("R46: a new claim's reasoning, text and calls are sent as far as they are new")
    void eachPartOfAnAnswerGoesOnWhereItStopped() {
        deliver("a", 1, part("I th", THOUGHT));
        deliver("a", 1, part("{\"a", CALL));
        deliver("b", 2, new Reply.Started(new WorkerId("w"), 2));
        deliver("b", 2, part("I think.", THOUGHT));
        deliver("b", 2, part("{\"a\":1", CALL));
        deliver("b", 2, completed("I think.", new ToolCall("c1", "weather", "{\"a\":1}")));

        assertThat(replies)
                .containsExactly(
                        part("I th", THOUGHT),
                        part("{\"a", CALL),
                        part("ink.", THOUGHT),
                        part("\":1", CALL),
                        new Reply.TextDelta("}", 0, null, null, CALL),
                        completed("I think.", new ToolCall("c1", "weather", "{\"a\":1}")));
    }

    @Test
    @DisplayName("R47: a stream ends with an error if the new claim calls another tool")
    void anotherCallInTheSamePlaceDiverges() {
        deliver("a", 1, part("{", CALL));
        deliver("b", 2, new Reply.Started(new WorkerId("w"), 2));
        deliver("b", 2, part("{", new Reply.Part.Call(0, "c1", "time")));

        assertThat(replies).last().isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aStreamWithoutDeltasGetsAllPartsAtTheEnd() {
        deliver("a", 1, completed("Hm.", new ToolCall("c1", "weather", "{}")));

        assertThat(replies)
                .containsExactly(
                        new Reply.TextDelta("Hm.", 0, null, null, THOUGHT),
                        new Reply.TextDelta("{}", 0, null, null, CALL),
                        completed("Hm.", new ToolCall("c1", "weather", "{}")));
    }

    private static Reply.TextDelta part(String text, Reply.Part part) {
        return new Reply.TextDelta(text, 1, null, null, part);
    }

    private static Outcome completed(String reasoning, ToolCall call) {
        return Outcome.ChatCompleted.of(
                List.of(
                        new Outcome.Choice(
                                "",
                                Outcome.FinishReason.TOOL_CALLS,
                                null,
                                Outcome.AnswerParts.of(reasoning, List.of(call)))),
                new Outcome.Usage(3, 2));
    }

    private void deliver(String claim, int run, Reply reply) {
        client.deliver(new ReplyHeaders(new JobId("j"), new ClaimId(claim), "e", run, 0), reply);
    }
}
