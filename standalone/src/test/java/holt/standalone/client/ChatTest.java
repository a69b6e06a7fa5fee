package holt.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.standalone.client.FakeHolt.Answer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void whatWasSaidGoesAlongWithTheNextQuestion() throws IOException {
        try (var holt =
                new FakeHolt(
                        new Answer.Text(List.of("I am ", "an otter 🦦.")),
                        new Answer.Text(List.of("Fish.")))) {
            chat(holt).talk(input("Who are you?\n\nWhat do you eat?\n/exit\nNever asked\n"));

            assertThat(output()).contains("> I am an otter 🦦.\n").contains("> Fish.\n");
            assertThat(holt.asked).hasSize(2);
            assertThat(holt.asked.getFirst().path("model").asString()).isEqualTo("otter");
            assertThat(holt.asked.getFirst().path("stream").asBoolean()).isTrue();
            assertThat(turns(holt.asked.getLast()))
                    .containsExactly(
                            "user: Who are you?",
                            "assistant: I am an otter 🦦.",
                            "user: What do you eat?");
        }
    }

    @Test
    void optionsGoWithEachQuestion() throws IOException {
        try (var holt = new FakeHolt(new Answer.Text(List.of("Yes.")))) {
            var options = new ChatOptions("Be brief.", 0.0, 7);
            new Chat(new HoltClient(holt.url(), null), "otter", options, out)
                    .talk(input("Ready?\n"));

            JsonNode asked = holt.asked.getFirst();
            assertThat(turns(asked)).containsExactly("system: Be brief.", "user: Ready?");
            assertThat(asked.path("temperature").asDouble(-1)).isZero();
            assertThat(asked.path("max_tokens").asInt()).isEqualTo(7);
        }
    }

    @Test
    void commandsAreNotAsked() throws IOException {
        try (var holt =
                new FakeHolt(new Answer.Text(List.of("Yes.")), new Answer.Text(List.of("No.")))) {
            chat(holt).talk(input("One?\n/help\n/new\n/otter\nTwo?\n"));

            assertThat(output())
                    .contains("/new   begins a new conversation")
                    .contains("A new conversation.")
                    .contains("/otter is no command. /help shows the commands.");
            assertThat(holt.asked).hasSize(2);
            assertThat(turns(holt.asked.getLast())).containsExactly("user: Two?");
            assertThat(holt.asked.getLast().has("temperature")).isFalse();
        }
    }

    @Test
    void aQuestionThatFailsIsSaidAndForgotten() throws IOException {
        try (var holt =
                new FakeHolt(
                        new Answer.Refused(404, "no such model"),
                        new Answer.Text(List.of("Yes.")))) {
            chat(holt).talk(input("One?\nTwo?\n"));

            assertThat(output()).contains("> Holt refuses: no such model\n").contains("> Yes.\n");
            assertThat(turns(holt.asked.getLast())).containsExactly("user: Two?");
        }
    }

    @Test
    void anAnswerThatFailsAfterItBeganKeepsWhatWasSaid() throws IOException {
        try (var holt =
                new FakeHolt(
                        new Answer.Failed(List.of("So"), "the worker is gone"),
                        new Answer.BrokenOff(List.of("Well")),
                        new Answer.Text(List.of("Yes.")))) {
            chat(holt).talk(input("One?\nTwo?\nThree?\n"));

            assertThat(output())
                    .contains("> So\nHolt refuses: the worker is gone\n")
                    .contains("> Well\nthe answer from " + holt.url() + " is incomplete\n");
            assertThat(turns(holt.asked.getLast()))
                    .containsExactly(
                            "user: One?",
                            "assistant: So",
                            "user: Two?",
                            "assistant: Well",
                            "user: Three?");
        }
    }

    @Test
    void anInterruptEndsTheAnswerAndNotTheConversation() throws Exception {
        var begun = new CountDownLatch(1);
        var telling =
                new PrintStream(
                        new OutputStream() {
                            @Override
                            public void write(int b) {
                                written.write(b);
                                if (output().endsWith("Once")) {
                                    begun.countDown();
                                }
                            }
                        },
                        true,
                        StandardCharsets.UTF_8);
        try (var holt =
                        new FakeHolt(
                                new Answer.Endless(List.of("Once")),
                                new Answer.Text(List.of("Bye.")));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var chat =
                    new Chat(new HoltClient(holt.url(), null), "otter", ChatOptions.NONE, telling);
            assertThat(chat.interrupt()).isFalse();
            var talk =
                    threads.submit(() -> {
                        chat.talk(input("Tell!\nThanks.\n"));
                        return null;
                    });
            begun.await();

            assertThat(chat.interrupt()).isTrue();

            talk.get();
            assertThat(output()).contains("> Once\n> Bye.\n");
            assertThat(turns(holt.asked.getLast()))
                    .containsExactly("user: Tell!", "assistant: Once", "user: Thanks.");
        }
    }

    @Test
    void whatComesThroughAPipeIsOneQuestion() {
        try (var holt = new FakeHolt(new Answer.Text(List.of("A poem.")))) {
            chat(holt).answer(input("What is this?\nRoses are red\n"));

            assertThat(output()).isEqualTo("A poem.\n");
            assertThat(turns(holt.asked.getFirst()))
                    .containsExactly("user: What is this?\nRoses are red");
        }
    }

    @Test
    void aPipeThatIsNotAnsweredFails() {
        try (var holt = new FakeHolt(new Answer.Refused(400, "too long"))) {
            assertThatThrownBy(() -> chat(holt).answer(input("Hello")))
                    .isInstanceOf(HoltAnswerException.class)
                    .hasMessage("Holt refuses: too long");
            assertThatThrownBy(() -> chat(holt).answer(input(" \n")))
                    .isInstanceOf(HoltAnswerException.class)
                    .hasMessageContaining("standard input has no question");
        }
    }

    @Test
    void whereNoHoltRunsIsNamed() {
        FakeHolt gone = new FakeHolt();
        URI url = gone.url();
        gone.close();

        assertThatThrownBy(() -> new HoltClient(url, null).models())
                .isInstanceOf(HoltAnswerException.class)
                .hasMessageContaining("no Holt answers on " + url);
    }

    @Test
    void modelsComeWithKindAndDescription() {
        try (var holt = new FakeHolt()) {
            assertThat(new HoltClient(holt.url(), null).models())
                    .containsExactly(new ServedModel("otter", "chat", "an otter"));
        }
    }

    private Chat chat(FakeHolt holt) {
        return new Chat(new HoltClient(holt.url(), null), "otter", ChatOptions.NONE, out);
    }

    private String output() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static BufferedReader input(String text) {
        return new BufferedReader(new StringReader(text));
    }

    private static List<String> turns(JsonNode body) {
        return body.path("messages")
                .valueStream()
                .map(turn -> turn.path("role").asString() + ": " + turn.path("content").asString())
                .toList();
    }
}
