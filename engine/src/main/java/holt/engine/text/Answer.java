package holt.engine.text;

import holt.engine.decoder.Logits;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One request on its way: its answers, and who is told. Owned by the engine's thread. */
final class Answer {
    private final String id;
    private final int promptLength;
    private final List<Choice> choices;
    private final Consumer<TextEvent> events;
    private boolean started;
    private int open; // choices that go on

    /** @param contextLength tokens that prompt and answer may have together; the prompt is shorter */
    Answer(
            TextRequest request,
            long[] prompt,
            int contextLength,
            ModelVoice voice,
            Consumer<TextEvent> events) {
        this.id = request.id();
        this.promptLength = prompt.length;
        this.choices =
                IntStream.range(0, request.choices())
                        .mapToObj(i -> new Sequence(id, i, request.priority(), prompt))
                        .map(each -> new Choice(request, each, prompt, contextLength, voice))
                        .toList();
        this.events = events;
        this.open = choices.size();
    }

    String id() {
        return id;
    }

    /** One for each choice. */
    List<Sequence> sequences() {
        return choices.stream().map(Choice::sequence).toList();
    }

    /** Whether nothing of it goes on. */
    boolean hasEnded() {
        return open == 0;
    }

    /** Tells, once, that the prompt is being read. */
    void started() {
        if (!started) {
            started = true;
            events.accept(new TextEvent.Started(promptLength));
        }
    }

    /** Takes the next token of a choice from the logits; returns whether the choice goes on. */
    boolean continues(int choice, Logits logits, int row) {
        Choice one = choices.get(choice);
        one.next(logits, row).ifPresent(events);
        if (one.hasEnded() && --open == 0) {
            List<FinishReason> reasons = choices.stream().map(Choice::reason).toList();
            events.accept(new TextEvent.Finished(reasons, promptLength, generated(), cached()));
        }
        return !one.hasEnded();
    }

    void failed(EngineFailure failure) {
        events.accept(new TextEvent.Failed(failure));
    }

    void cancelled() {
        events.accept(new TextEvent.Cancelled(generated()));
    }

    /** The first choice is the one that reads the prompt; the others go on from what it has read. */
    private int cached() {
        return choices.getFirst().sequence().known();
    }

    private int generated() {
        return choices.stream().mapToInt(Choice::generated).sum();
    }
}
