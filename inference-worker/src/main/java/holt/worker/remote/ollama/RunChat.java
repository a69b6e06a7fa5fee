package holt.worker.remote.ollama;

import holt.protocol.Outcome;
import holt.protocol.Outcome.FinishReason;
import holt.protocol.Task;
import holt.protocol.TokenLogprobs;
import holt.worker.models.GrowAnswers;
import holt.worker.models.RunResult;
import holt.worker.remote.CallEngine;
import holt.worker.remote.ReadLines;
import holt.worker.remote.ReadLogprobs;
import holt.worker.remote.ReadRefusal;
import holt.worker.remote.RunRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One chat: a request for each answer, one after the other, since Ollama writes one answer a request. */
final class RunChat {
    private static final JsonMapper JSON = new JsonMapper();

    private final Task.Chat chat;
    private final ChatBody body;
    private final GrowAnswers answers;
    private final CallEngine call;
    private final List<FinishReason> reasons = new ArrayList<>();
    private volatile @Nullable RunRequest request;
    private int calls;
    private int lines;
    private boolean estimated;
    private int promptTokens;
    private int completionTokens;

    RunChat(Task.Chat chat, ChatBody body, GrowAnswers answers, CallEngine call) {
        this.chat = chat;
        this.body = body;
        this.answers = answers;
        this.call = call;
    }

    CompletableFuture<RunResult> result() {
        return answers.result();
    }

    /**
     * Returns once the chat has its result.
     *
     * @param silence time without a line after which the run has failed
     */
    void run(Duration silence) {
        for (int choice = 0; choice < chat.answers() && !result().isDone(); choice++) {
            int index = choice;
            var next = new RunRequest(call.post("/api/chat", body.of(index)), result(), "messages");
            request = next;
            next.run(silence, call.timer(), in -> read(index, in, next));
        }
        if (!result().isDone()) {
            complete();
        }
    }

    /** Completes the chat with what there is, unless an answer has no token yet. */
    void cutShort() {
        synchronized (this) {
            if (lines == 0 || reasons.size() != chat.answers() - 1 || result().isDone()) {
                return;
            }
            end();
            complete();
        }
        close();
    }

    private void complete() {
        answers.complete(
                reasons,
                estimated
                        ? Outcome.Usage.estimate(promptTokens, completionTokens)
                        : new Outcome.Usage(promptTokens, completionTokens));
    }

    /** Closes the connection, which ends the work in the engine. */
    void close() {
        RunRequest open = request;
        if (open != null) {
            open.close();
        }
    }

    private void read(int choice, InputStream in, RunRequest from) throws IOException {
        var stream = new ReadLines(in);
        calls = 0;
        while (!result().isDone()) {
            @Nullable String line = stream.next();
            if (line == null) {
                breakOff();
                return;
            }
            from.sign();
            if (add(choice, JSON.readTree(line))) {
                return;
            }
        }
    }

    /** Ollama ends a stream without its last line if the model writes one token 30 times. A lost connection does not come here. */
    private synchronized void breakOff() throws IOException {
        if (lines == 0) {
            throw new IOException("an empty stream");
        }
        end();
    }

    /** Ends an answer whose last line has not come. */
    private void end() {
        completionTokens += lines;
        lines = 0;
        estimated = true;
        reasons.add(FinishReason.LENGTH);
    }

    /** Returns whether the answer has ended. */
    private synchronized boolean add(int choice, JsonNode line) {
        if (ReadRefusal.isError(line)) {
            result().complete(ReadRefusal.inStream(line));
            return true;
        }
        JsonNode message = line.get("message");
        lines++;
        String thinking = message.path("thinking").asString("");
        if (!thinking.isEmpty()) {
            answers.reasoning(choice, thinking, 1);
        }
        List<TokenLogprobs> logprobs = ReadLogprobs.of(line.path("logprobs"));
        String text = message.path("content").asString("");
        if (!text.isEmpty() || !logprobs.isEmpty()) {
            answers.text(choice, text, Math.max(1, logprobs.size()), logprobs);
        }
        for (JsonNode called : message.path("tool_calls")) {
            call(choice, called);
        }
        if (!line.path("done").asBoolean(false)) {
            return false;
        }
        promptTokens = Math.max(promptTokens, line.path("prompt_eval_count").asInt(0));
        completionTokens += line.path("eval_count").asInt(0);
        lines = 0;
        boolean cut = line.path("done_reason").asString("").equals("length");
        reasons.add(
                cut
                        ? FinishReason.LENGTH
                        : calls > 0 ? FinishReason.TOOL_CALLS : FinishReason.STOP);
        return true;
    }

    /** Ollama writes a call as a whole. */
    private void call(int choice, JsonNode called) {
        int index = calls++;
        String id = called.path("id").asString("");
        JsonNode function = called.path("function");
        if (!function.path("name").isString()) {
            throw new IllegalArgumentException("a call of no function");
        }
        answers.call(
                choice,
                index,
                id.isEmpty() ? "call_" + choice + "_" + index : id,
                function.path("name").asString(),
                function.path("arguments").toString(),
                1);
    }
}
