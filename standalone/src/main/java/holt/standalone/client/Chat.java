package holt.standalone.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** A conversation with a model. Every question carries the earlier messages. */
public final class Chat {
    private static final String PROMPT = "> ";

    private final HoltClient holt;
    private final String model;
    private final PrintStream out;
    private final List<Message> messages = new ArrayList<>();
    private final AtomicReference<@Nullable Call> answering = new AtomicReference<>();

    public Chat(HoltClient holt, String model, PrintStream out) {
        this.holt = holt;
        this.model = model;
        this.out = out;
    }

    /**
     * Asks each line as a question, until {@code /exit} or the end of the input. A failed question does not stay in the conversation.
     *
     * @throws IOException if the input is unreadable
     */
    public void talk(BufferedReader in) throws IOException {
        out.println("Talking to " + model + ". /exit or Ctrl-D ends, Ctrl-C ends an answer.");
        while (true) {
            out.print(PROMPT);
            out.flush();
            String line = in.readLine();
            if (line == null || line.strip().equals("/exit")) {
                return;
            }
            if (!line.isBlank()) {
                try {
                    ask(line);
                } catch (HoltAnswerException e) {
                    out.println(e.getMessage());
                }
            }
        }
    }

    /**
     * Asks the whole input as one question.
     *
     * @throws HoltAnswerException if there is no answer
     */
    public void answer(BufferedReader in) {
        String question = in.lines().collect(Collectors.joining("\n"));
        if (question.isBlank()) {
            throw new HoltAnswerException("the standard input has no question");
        }
        ask(question);
    }

    /**
     * Ends the present answer. Its text so far stays in the conversation. Any thread may call it.
     *
     * @return whether there was an answer
     */
    public boolean interrupt() {
        Call call = answering.get();
        if (call == null) {
            return false;
        }
        call.cancel();
        return true;
    }

    private void ask(String question) {
        messages.add(new Message("user", question));
        StringBuilder answer = new StringBuilder();
        Call call = holt.ask(model, messages);
        answering.set(call);
        try {
            holt.read(
                    call,
                    piece -> {
                        answer.append(piece);
                        out.print(piece);
                        out.flush();
                    });
        } finally {
            answering.set(null);
            if (!answer.isEmpty()) {
                out.println();
            }
            keep(answer.toString());
        }
    }

    /** A question without an answer does not stay. */
    private void keep(String answer) {
        if (answer.isEmpty()) {
            messages.removeLast();
        } else {
            messages.add(new Message("assistant", answer));
        }
    }
}
