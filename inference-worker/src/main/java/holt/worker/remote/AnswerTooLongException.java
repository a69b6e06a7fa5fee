package holt.worker.remote;

import java.io.IOException;

/** An engine wrote more than any answer holds. */
public final class AnswerTooLongException extends IOException {
    private static final long serialVersionUID = 1;

    public AnswerTooLongException() {
        super("the engine's answer is too long");
    }
}
