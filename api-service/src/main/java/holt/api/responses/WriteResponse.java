package holt.api.responses;

import holt.api.RequestRejectedException;
import holt.api.http.EventStream;
import holt.api.stream.StreamWriter;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes a response as events. Each event has the next sequence number. Each item opens with its first delta, and closes when the next opens. */
final class WriteResponse implements StreamWriter {
    private final JobId job;
    private final Instant created;
    private final Repeated asked;
    private final StringBuilder text = new StringBuilder(); // of the open item
    private final List<ResponseLogprob> logprobs = new ArrayList<>(); // of the open item
    private int sequence;
    private final List<OutputItem> output = new ArrayList<>();
    private @Nullable Item open;

    /** An item that grows. {@code part} is that of its deltas. */
    private record Item(int index, String id, Reply.@Nullable Part part) {}

    WriteResponse(JobId job, Instant created, Repeated asked) {
        this.job = job;
        this.created = created;
        this.asked = asked;
    }

    @Override
    public void begin(EventStream events) throws IOException {
        ResponseBody begun = ResponseBody.begun(job, created, asked);
        send(events, "response.created", Map.of("response", begun));
        send(events, "response.in_progress", Map.of("response", begun));
    }

    @Override
    public void delta(EventStream events, Reply.TextDelta delta) throws IOException {
        Item item = open;
        if (item == null || !Objects.equals(item.part, delta.part())) {
            close(events);
            item = open(events, delta.part());
        }
        List<ResponseLogprob> scores = ResponseLogprob.of(delta.logprobs());
        text.append(delta.text());
        logprobs.addAll(scores);
        if (!delta.text().isEmpty() || !scores.isEmpty()) {
            send(events, item, delta.text(), scores);
        }
    }

    @Override
    public void complete(EventStream events, Outcome.ChatCompleted completed) throws IOException {
        close(events);
        if (output.isEmpty()) {
            open(events, null);
            close(events);
        }
        ResponseBody body =
                ResponseBody.completed(job, created, asked, List.copyOf(output), completed);
        send(events, "response." + body.status(), Map.of("response", body));
    }

    @Override
    public void fail(EventStream events, RequestRejectedException rejected) throws IOException {
        send(
                events,
                "response.failed",
                Map.of(
                        "response",
                        ResponseBody.failed(
                                job, created, asked, String.valueOf(rejected.getMessage()))));
    }

    @Override
    public RequestRejectedException named(RequestRejectedException failure) {
        return ReadResponses.renamed(failure);
    }

    private Item open(EventStream events, Reply.@Nullable Part part) throws IOException {
        int index = output.size();
        String id = ResponseBody.itemId(job, index);
        OutputItem item = item(id, part, false);
        var opened = new Item(index, item.id(), part);
        open = opened;
        send(events, "response.output_item.added", fields("output_index", index, "item", item));
        switch (part) {
            case null ->
                    part(
                            events,
                            "response.content_part.added",
                            opened,
                            OutputItem.Text.of("", List.of()));
            case Reply.Part.Reasoning _ ->
                    part(events, "response.content_part.added", opened, OutputItem.Thought.of(""));
            case Reply.Part.Call _ -> {}
        }
        return opened;
    }

    private void send(EventStream events, Item item, String delta, List<ResponseLogprob> scores)
            throws IOException {
        switch (item.part) {
            case null ->
                    send(
                            events,
                            "response.output_text.delta",
                            inPart(item, "delta", delta, "logprobs", scores));
            case Reply.Part.Reasoning _ ->
                    send(events, "response.reasoning_text.delta", inPart(item, "delta", delta));
            case Reply.Part.Call call -> {
                // The input of a custom tool stands in JSON until it is complete.
                if (!asked.names().called(call.name()).custom()) {
                    send(
                            events,
                            "response.function_call_arguments.delta",
                            inItem(item, "delta", delta));
                }
            }
        }
    }

    private void close(EventStream events) throws IOException {
        Item item = open;
        if (item == null) {
            return;
        }
        String whole = text.toString();
        OutputItem done = item(ResponseBody.itemId(job, item.index), item.part, true);
        switch (done) {
            case OutputItem.Message _ -> {
                List<ResponseLogprob> scores = List.copyOf(logprobs);
                send(
                        events,
                        "response.output_text.done",
                        inPart(item, "text", whole, "logprobs", scores));
                part(events, "response.content_part.done", item, OutputItem.Text.of(whole, scores));
            }
            case OutputItem.Reasoning _ -> {
                send(events, "response.reasoning_text.done", inPart(item, "text", whole));
                part(events, "response.content_part.done", item, OutputItem.Thought.of(whole));
            }
            case OutputItem.FunctionCall call ->
                    send(
                            events,
                            "response.function_call_arguments.done",
                            inItem(item, "name", call.name(), "arguments", whole));
            case OutputItem.CustomCall call -> {
                send(
                        events,
                        "response.custom_tool_call_input.delta",
                        inItem(item, "delta", call.input()));
                send(
                        events,
                        "response.custom_tool_call_input.done",
                        inItem(item, "input", call.input()));
            }
        }
        send(events, "response.output_item.done", fields("output_index", item.index, "item", done));
        output.add(done);
        text.setLength(0);
        logprobs.clear();
        open = null;
    }

    private OutputItem item(String id, Reply.@Nullable Part part, boolean done) {
        String whole = text.toString();
        return switch (part) {
            case null -> OutputItem.message(id, whole, List.copyOf(logprobs), done);
            case Reply.Part.Reasoning _ -> OutputItem.reasoning(id, whole, done);
            case Reply.Part.Call call ->
                    OutputItem.call(id, call.id(), asked.names().called(call.name()), whole, done);
        };
    }

    private void part(EventStream events, String name, Item item, Object part) throws IOException {
        send(events, name, inPart(item, "part", part));
    }

    private static Map<String, Object> inItem(Item item, Object... more) {
        Map<String, Object> fields = fields(more);
        fields.put("item_id", item.id);
        fields.put("output_index", item.index);
        return fields;
    }

    private static Map<String, Object> inPart(Item item, Object... more) {
        Map<String, Object> fields = inItem(item, more);
        fields.put("content_index", 0);
        return fields;
    }

    private static Map<String, Object> fields(Object... more) {
        var fields = new LinkedHashMap<String, Object>();
        for (int i = 0; i < more.length; i += 2) {
            fields.put((String) more[i], more[i + 1]);
        }
        return fields;
    }

    private void send(EventStream events, String name, Map<String, ?> fields) throws IOException {
        var event = new LinkedHashMap<String, Object>();
        event.put("type", name);
        event.put("sequence_number", sequence++);
        event.putAll(fields);
        events.send(name, event);
    }
}
