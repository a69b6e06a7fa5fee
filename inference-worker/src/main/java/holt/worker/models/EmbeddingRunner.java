package holt.worker.models;

import holt.engine.RequestId;
import holt.engine.embedding.EmbeddingEngine;
import holt.engine.embedding.EmbeddingEvent;
import holt.engine.embedding.EmbeddingInput;
import holt.engine.embedding.EmbeddingRequest;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Turns texts into vectors on an embedding engine. */
public final class EmbeddingRunner extends EngineRunner<EmbeddingEngine> {
    private final int slots;

    /** @param slots number of jobs that run at once; their inputs share passes */
    public EmbeddingRunner(KnownModel model, EmbeddingEngine engine, int slots) {
        super(model, engine);
        this.slots = slots;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
        return switch (task) {
            case Task.Embed embed -> start(id, lane, embed);
            case Task.Chat _, Task.Complete _, Task.Images _ ->
                    Running.ended(new RunResult(OTHER_KIND));
        };
    }

    private Running start(String id, Lane lane, Task.Embed embed) {
        var result = new CompletableFuture<RunResult>();
        engine().submit(request(id, lane, embed), event -> result.complete(result(embed, event)));
        return new Running(result, () -> engine().cancel(new RequestId(id)));
    }

    private static EmbeddingRequest request(String id, Lane lane, Task.Embed embed) {
        return new EmbeddingRequest(
                new RequestId(id),
                inputs(embed),
                embed.dimensions(),
                embed.cutTo(),
                embed.promptName(),
                lane.ordinal());
    }

    private static List<EmbeddingInput> inputs(Task.Embed embed) {
        Stream<EmbeddingInput> texts =
                embed.texts() == null
                        ? Stream.of()
                        : embed.texts().stream().map(EmbeddingInput.Text::new);
        Stream<EmbeddingInput> tokens =
                embed.tokens() == null
                        ? Stream.of()
                        : embed.tokens().stream().map(EmbeddingInput.Tokens::new);
        return Stream.concat(texts, tokens).toList();
    }

    private RunResult result(Task.Embed embed, EmbeddingEvent event) {
        return switch (event) {
            case EmbeddingEvent.Finished(List<float[]> vectors, int tokens) ->
                    new RunResult(
                            new Outcome.Embedded(
                                    vectors.stream().map(EncodeVector::base64).toList(),
                                    embed.format(),
                                    new Outcome.Usage(tokens, 0)));
            case EmbeddingEvent.Failed(var failure) -> failures().result(failure);
            case EmbeddingEvent.Cancelled _ -> new RunResult(new Outcome.Cancelled());
        };
    }
}
