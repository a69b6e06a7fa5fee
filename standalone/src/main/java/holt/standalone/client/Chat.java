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

/** A conversation: what one has said so far goes along with every question. */
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
     * One line, one question, until {@code /exit} or the end of the input. A question that fails is no part of the conversation.
     *
     * @throws IOException if the input cannot be read
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
     * The whole input is one question.
     *
     * @throws HoltAnswerException if it is not answered
     */
    public void answer(BufferedReader in) {
        String question = in.lines().collect(Collectors.joining("\n"));
        if (question.isBlank()) {
            throw new HoltAnswerException("there is nothing on the standard input to answer");
        }
        ask(question);
    }

    /**
     * Ends the answer that is being given; what has been said stays said. Any thread may call it.
     *
     * @return whether there was one
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

    /** Without an answer there was no question. */
    private void keep(String answer) {
        if (answer.isEmpty()) {
            messages.removeLast();
        } else {
            messages.add(new Message("assistant", answer));
        }
    }
}
