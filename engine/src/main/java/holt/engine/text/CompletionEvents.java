package holt.engine.text;

import holt.engine.text.sampling.TokenScores;
import holt.engine.text.streaming.PendingScores;
import holt.engine.text.tools.OutputFormat;
import holt.engine.text.tools.OutputParser;
import holt.engine.text.tools.Piece;
import java.util.ArrayList;
import java.util.List;

/** Turns the text of one completion into events: text, reasoning and calls. */
final class CompletionEvents {
    private final List<ChatTurn> turns;
    private final int choice;
    private final OutputFormat format;
    private final OutputParser parser;
    private final PendingScores scores;
    private final StringBuilder text = new StringBuilder(); // of the next delta
    private final List<TokenScores> textScores = new ArrayList<>(); // of the next delta
    private List<TextEvent> events = new ArrayList<>();
    private int newTokens; // counted by no event so far
    private int calls;

    /**
     * @param thinking whether the prompt ends with an open think tag
     * @param scores of the tokens of the text
     */
    CompletionEvents(
            TextRequest request,
            int choice,
            OutputFormat format,
            boolean thinking,
            PendingScores scores) {
        this.turns = request.turns();
        this.choice = choice;
        this.format = format;
        this.parser = OutputParser.of(format, thinking, ChatInput.of(request).functions());
        this.scores = scores;
    }

    boolean hasCalls() {
        return calls > 0;
    }

    /** Counts a generated token. */
    void countToken() {
        newTokens++;
    }

    /** Adds text. Returns what can be published. */
    List<TextEvent> append(String more) {
        parser.append(more).forEach(this::add);
        return publish();
    }

    /**
     * Adds the last text. Returns the rest.
     *
     * @param cut whether a stop string cut text off
     */
    List<TextEvent> finish(String more, boolean cut) {
        parser.append(more).forEach(this::add);
        parser.finish().forEach(this::add);
        if (!cut) {
            textScores.addAll(scores.rest());
        }
        return publish();
    }

    private List<TextEvent> publish() {
        endDelta();
        List<TextEvent> published = events;
        events = new ArrayList<>();
        return published;
    }

    private void add(Piece piece) {
        List<TokenScores> pieceScores = scores.publish(piece.raw());
        switch (piece) {
            case Piece.Text(String more) -> {
                text.append(more);
                textScores.addAll(pieceScores);
            }
            case Piece.Reasoning(String more) -> {
                endDelta();
                events.add(new TextEvent.Reasoning(choice, more, takeTokens()));
            }
            case Piece.Call call -> {
                endDelta();
                add(call);
            }
            case Piece.Skipped _ -> {}
        }
    }

    private void add(Piece.Call call) {
        String id = CallIds.of(format.family(), turns, choice, calls);
        events.add(new TextEvent.ToolCallPart(choice, calls, id, call.name(), "", takeTokens()));
        events.add(new TextEvent.ToolCallPart(choice, calls, null, null, call.arguments(), 0));
        calls++;
    }

    private void endDelta() {
        if (!text.isEmpty() || !textScores.isEmpty()) {
            events.add(
                    new TextEvent.Delta(
                            choice, text.toString(), takeTokens(), List.copyOf(textScores)));
            text.setLength(0);
            textScores.clear();
        }
    }

    private int takeTokens() {
        int tokens = newTokens;
        newTokens = 0;
        return tokens;
    }
}
