package holt.engine.text.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Splits what a model writes into reasoning, answer and calls, while the model writes it. */
public final class OutputParser {
    private final @Nullable ReasoningParser reasoning;
    private final @Nullable CallParser calls;

    private OutputParser(@Nullable ReasoningParser reasoning, @Nullable CallParser calls) {
        this.reasoning = reasoning;
        this.calls = calls;
    }

    /**
     * A parser for one completion.
     *
     * @param format of the model
     * @param thinking whether the prompt ends with an open think tag
     * @param functions schemas of the functions that can be called, by their names; without any, calls are text
     */
    public static OutputParser of(
            OutputFormat format, boolean thinking, Map<String, Map<?, ?>> functions) {
        return new OutputParser(
                format.thinks() ? new ReasoningParser(thinking) : null,
                functions.isEmpty() ? null : new CallParser(format.family(), functions));
    }

    /** Adds text. Returns what is certain so far. */
    public List<Piece> append(String text) {
        return parse(reasoning == null ? List.of(new Piece.Text(text)) : reasoning.append(text));
    }

    /** The rest, when no more text follows. */
    public List<Piece> finish() {
        List<Piece> pieces =
                new ArrayList<>(reasoning == null ? List.of() : parse(reasoning.finish()));
        if (calls != null) {
            pieces.addAll(calls.finish());
        }
        return pieces;
    }

    private List<Piece> parse(List<Piece> pieces) {
        List<Piece> parsed = new ArrayList<>();
        for (Piece piece : pieces) {
            if (calls != null && piece instanceof Piece.Text(String text)) {
                parsed.addAll(calls.append(text));
            } else {
                parsed.add(piece);
            }
        }
        parsed.removeIf(piece -> piece instanceof Piece.Text(String text) && text.isEmpty());
        return parsed;
    }
}
