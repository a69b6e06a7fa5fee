package holt.engine.text.tools;

/** A part of what a model wrote. Pieces come in the order of the text. */
public sealed interface Piece {
    /** The number of characters of the model's text that the piece stands for. */
    int raw();

    /** Part of the answer. */
    record Text(String text) implements Piece {
        @Override
        public int raw() {
            return text.length();
        }
    }

    /** Part of the reasoning before the answer. */
    record Reasoning(String text) implements Piece {
        @Override
        public int raw() {
            return text.length();
        }
    }

    /**
     * A whole call.
     *
     * @param arguments a JSON object, as the model wrote it
     */
    record Call(String name, String arguments, int raw) implements Piece {}

    /** Tags and white space around the other pieces. */
    record Skipped(int raw) implements Piece {}
}
