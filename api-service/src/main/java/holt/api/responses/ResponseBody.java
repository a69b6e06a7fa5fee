package holt.api.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.ToolCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A response, in OpenAI's form with the network's {@code code} and {@code message} before it.
 *
 * @param temperature the one that was used; the model's own if the client gave none
 * @param topP likewise
 */
record ResponseBody(
        int code,
        String message,
        String id,
        String object,
        long createdAt,
        String status,
        @Nullable Problem error,
        @Nullable Incomplete incompleteDetails,
        @Nullable String instructions,
        @Nullable Long maxOutputTokens,
        String model,
        List<OutputItem> output,
        boolean parallelToolCalls,
        @Nullable String previousResponseId,
        Map<String, @Nullable Object> reasoning,
        String serviceTier,
        boolean store,
        double temperature,
        Map<String, @Nullable Object> text,
        Object toolChoice,
        List<@Nullable Object> tools,
        double topP,
        String truncation,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usage usage,
        @Nullable String user,
        Map<String, @Nullable Object> metadata) {

    /** Why a response failed. */
    record Problem(String code, String message) {}

    /** Why a response ends early. */
    record Incomplete(String reason) {}

    record Usage(
            int inputTokens,
            InputTokensDetails inputTokensDetails,
            int outputTokens,
            OutputTokensDetails outputTokensDetails,
            int totalTokens) {
        private static Usage of(Outcome.Usage usage) {
            return new Usage(
                    usage.promptTokens(),
                    new InputTokensDetails(usage.cached(), 0),
                    usage.completionTokens(),
                    new OutputTokensDetails(Objects.requireNonNullElse(usage.reasoningTokens(), 0)),
                    usage.promptTokens() + usage.completionTokens());
        }
    }

    /** @param cacheWriteTokens always 0: what a prompt adds to the cache is not counted apart */
    record InputTokensDetails(int cachedTokens, int cacheWriteTokens) {}

    /** @param reasoningTokens the tokens before the answer */
    record OutputTokensDetails(int reasoningTokens) {}

    /** A response that has only begun. */
    static ResponseBody begun(JobId job, Instant created, Repeated asked) {
        return of(job, created, asked, "in_progress", null, null, List.of(), null);
    }

    static ResponseBody failed(JobId job, Instant created, Repeated asked, String message) {
        return of(
                job,
                created,
                asked,
                "failed",
                new Problem("server_error", message),
                null,
                List.of(),
                null);
    }

    static ResponseBody completed(
            JobId job,
            Instant created,
            Repeated asked,
            List<OutputItem> output,
            Outcome.ChatCompleted chat) {
        boolean cut = chat.finishReason() == Outcome.FinishReason.LENGTH;
        return of(
                job,
                created,
                asked,
                cut ? "incomplete" : "completed",
                null,
                cut ? new Incomplete("max_output_tokens") : null,
                output,
                Usage.of(chat.usage()));
    }

    /** Reasoning, then the message, then the calls. An answer that only calls tools has no message. */
    static List<OutputItem> output(JobId job, Outcome.ChatCompleted chat, ToolNames names) {
        Outcome.Choice answer = chat.choices().getFirst();
        var items = new ArrayList<OutputItem>();
        if (!answer.reasoning().isEmpty()) {
            items.add(OutputItem.reasoning(itemId(job, items.size()), answer.reasoning(), true));
        }
        if (!answer.content().isEmpty() || answer.toolCalls().isEmpty()) {
            items.add(
                    OutputItem.message(
                            itemId(job, items.size()),
                            answer.content(),
                            ResponseLogprob.of(answer.logprobs()),
                            true));
        }
        for (ToolCall call : answer.toolCalls()) {
            items.add(
                    OutputItem.call(
                            itemId(job, items.size()),
                            call.id(),
                            names.called(call.name()),
                            call.arguments(),
                            true));
        }
        return items;
    }

    static String itemId(JobId job, int index) {
        return job.value() + "_" + index;
    }

    private static ResponseBody of(
            JobId job,
            Instant created,
            Repeated asked,
            String status,
            @Nullable Problem error,
            @Nullable Incomplete incomplete,
            List<OutputItem> output,
            @Nullable Usage usage) {
        ResponsesRequest request = asked.request();
        return new ResponseBody(
                0,
                "success",
                "resp_" + job.value(),
                "response",
                created.getEpochSecond(),
                status,
                error,
                incomplete,
                request.instructions(),
                request.maxOutputTokens(),
                String.valueOf(request.model()),
                output,
                !Boolean.FALSE.equals(request.parallelToolCalls()),
                null,
                Objects.requireNonNullElse(request.reasoning(), Map.of()),
                asked.tier(),
                false,
                asked.temperature(),
                text(request.text()),
                request.toolChoice() == null ? "auto" : request.toolChoice(),
                Objects.requireNonNullElse(request.tools(), List.of()),
                asked.topP(),
                "disabled",
                usage,
                request.user(),
                Objects.requireNonNullElse(request.metadata(), Map.of()));
    }

    private static Map<String, @Nullable Object> text(
            @Nullable Map<String, @Nullable Object> wanted) {
        return wanted == null || wanted.get("format") == null
                ? Map.of("format", Map.of("type", "text"))
                : wanted;
    }
}
