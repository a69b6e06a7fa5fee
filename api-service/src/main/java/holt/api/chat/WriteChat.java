package holt.api.chat;

import holt.api.http.EventStream;
import holt.api.stream.StreamWriter;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes a chat as the chunks of {@code /v1/chat/completions}. */
final class WriteChat implements StreamWriter {
    private final ChatEnvelope envelope;
    private final StreamedUsage usage;
    private final Set<Integer> begun = new HashSet<>(); // the answers whose role was sent
    private final Set<Call> called = new HashSet<>(); // the tool calls whose names were sent

    /** A tool call of an answer. */
    private record Call(int answer, int index) {}

    WriteChat(ChatEnvelope envelope, StreamedUsage usage) {
        this.envelope = envelope;
        this.usage = usage;
    }

    /** Each answer begins with its own role. */
    @Override
    public void begin(EventStream events) {}

    @Override
    public void delta(EventStream events, Reply.TextDelta delta) throws IOException {
        begin(events, delta.index());
        boolean first =
                delta.part() instanceof Reply.Part.Call(int call, _, _)
                        && called.add(new Call(delta.index(), call));
        events.send(ChatChunk.text(envelope, delta, first));
    }

    private void begin(EventStream events, int index) throws IOException {
        if (begun.add(index)) {
            events.send(ChatChunk.role(envelope, index));
        }
    }

    @Override
    public void complete(EventStream events, Outcome.ChatCompleted completed) throws IOException {
        List<Outcome.Choice> choices = completed.choices();
        var tokens = ChatReply.Usage.of(completed.usage());
        for (int i = 0; i < choices.size(); i++) {
            boolean carriesUsage = usage == StreamedUsage.FINISH_CHUNK && i == choices.size() - 1;
            begin(events, i);
            events.send(
                    ChatChunk.finish(
                            envelope,
                            i,
                            choices.get(i).finishReason(),
                            carriesUsage ? tokens : null));
        }
        if (usage == StreamedUsage.OWN_CHUNK) {
            events.send(ChatChunk.usage(envelope, tokens));
        }
        events.done();
    }
}
