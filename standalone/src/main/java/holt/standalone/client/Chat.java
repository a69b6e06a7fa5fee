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
    private static final String HELP =
            """
            Each line is a question. The conversation goes along with it.
              /new   begins a new conversation
              /help  shows this
              /exit  ends, as Ctrl-D does; Ctrl-C ends an answer\
            """;

    private final HoltClient holt;
    private final String model;
    private final ChatOptions options;
    private final PrintStream out;
    private final List<Message> messages = new ArrayList<>();
    private final AtomicReference<@Nullable Call> answering = new AtomicReference<>();

    public Chat(HoltClient holt, String model, ChatOptions options, PrintStream out) {
        this.holt = holt;
        this.model = model;
        this.options = options;
        this.out = out;
    }

    /**
     * Asks each line as a question, until {@code /exit} or the end of the input. Other lines that begin with {@code /} are commands. A failed question does not stay in the conversation.
     *
     * @throws IOException if the input is unreadable
     */
    public void talk(BufferedReader in) throws IOException {
        out.println("Talking to " + model + ". /help shows the commands, /exit or Ctrl-D ends.");
        while (true) {
            out.print(PROMPT);
            out.flush();
            String line = in.readLine();
            if (line == null || line.strip().equals("/exit")) {
                return;
            }
            if (line.startsWith("/")) {
                command(line.strip());
            } else if (!line.isBlank()) {
                try {
                    ask(line);
                } catch (HoltAnswerException e) {
                    out.println(e.getMessage());
                }
            }
        }
    }

    private void command(String command) {
        switch (command) {
            case "/new" -> {
                messages.clear();
                out.println("A new conversation.");
            }
            case "/help" -> out.println(HELP);
            default -> out.println(command + " is no command. /help shows the commands.");
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
        Call call = holt.ask(model, messages, options);
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
