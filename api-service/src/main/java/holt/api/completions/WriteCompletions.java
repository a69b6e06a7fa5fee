package holt.api.completions;

import holt.api.http.EventStream;
import holt.api.stream.StreamWriter;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes answers as the chunks of {@code /v1/completions}. */
final class WriteCompletions implements StreamWriter {
    private final CompletionEnvelope envelope;
    private final boolean echo;
    private final boolean includeUsage;
    private final Map<Integer, WriteLogprobs> logprobs = new HashMap<>(); // by answer

    /** @param echo whether each answer begins with its prompt */
    WriteCompletions(CompletionEnvelope envelope, boolean echo, boolean includeUsage) {
        this.envelope = envelope;
        this.echo = echo;
        this.includeUsage = includeUsage;
    }

    @Override
    public void begin(EventStream events) {}

    @Override
    public void delta(EventStream events, Reply.TextDelta delta) throws IOException {
        WriteLogprobs writer =
                logprobs.computeIfAbsent(delta.index(), _ -> new WriteLogprobs(echo));
        events.send(
                CompletionChunk.of(
                        envelope,
                        new CompletionReply.Choice(
                                delta.index(),
                                delta.text(),
                                writer.write(delta.logprobs()),
                                null)));
    }

    @Override
    public void complete(EventStream events, Outcome.ChatCompleted completed) throws IOException {
        List<Outcome.Choice> choices = completed.choices();
        for (int i = 0; i < choices.size(); i++) {
            events.send(
                    CompletionChunk.of(
                            envelope,
                            new CompletionReply.Choice(
                                    i, "", null, choices.get(i).finishReason().label())));
        }
        if (includeUsage) {
            events.send(
                    CompletionChunk.usage(envelope, CompletionReply.Usage.of(completed.usage())));
        }
        events.done();
    }
}
