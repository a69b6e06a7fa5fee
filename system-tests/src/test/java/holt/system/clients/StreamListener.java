package holt.system.clients;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What LangChain4j reports of a stream. */
final class StreamListener implements StreamingChatResponseHandler {
    private final int cancelAfter;
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

    StreamListener() {
        this(Integer.MAX_VALUE);
    }

    private StreamListener(int cancelAfter) {
        this.cancelAfter = cancelAfter;
    }

    /** @param texts after which the stream is cancelled */
    static StreamListener cancellingAfter(int texts) {
        return new StreamListener(texts);
    }

    @Override
    public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
        texts.add(partial.text());
        if (texts.size() == cancelAfter) {
            context.streamingHandle().cancel();
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        end.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    List<String> texts() {
        return texts;
    }

    /** Waits for the whole answer. */
    ChatResponse answer() {
        return end.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Waits for the stream's failure. */
    Throwable failure() {
        return end.orTimeout(60, TimeUnit.SECONDS).handle((_, failure) -> failure).join();
    }
}
