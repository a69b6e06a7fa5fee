package holt.api.queue.waiting;

import holt.protocol.Reply;
import holt.protocol.TokenLogprobs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client has received of one text, over all claims of its job: an answer's content, or another part of the answer. A later claim starts
 * its text anew. Text that repeats what was sent is swallowed, and what follows is sent.
 *
 * <p>The same holds for log probabilities, by their number: the same text means the same tokens. Not thread-safe: the client guards it with
 * its lock.
 */
final class StreamedText {
    private final StringBuilder sent = new StringBuilder();
    private int sentLogprobs;
    private boolean announced;

    /** How many characters the present claim has written. */
    private int written;

    private int writtenLogprobs;

    /** Another claim writes from now on, from the beginning. */
    void restart() {
        written = 0;
        writtenLogprobs = 0;
    }

    /**
     * What to send of the present claim's next piece of text.
     *
     * @return perhaps without text; null if the piece differs from what was sent
     */
    Reply.@Nullable TextDelta next(Reply.TextDelta delta) {
        String text = delta.text();
        int known = Math.min(text.length(), sent.length() - written);
        if (!text.regionMatches(0, sent.substring(written, written + known), 0, known)) {
            return null;
        }
        written += text.length();
        List<TokenLogprobs> logprobs = delta.logprobs();
        return send(
                text.substring(known),
                delta.tokens(),
                delta.choice(),
                logprobs == null ? null : freshOf(logprobs),
                delta.part());
    }

    /**
     * What to send so that the client has the whole text.
     *
     * @param choice the answer's number; null if the job has one answer
     * @return perhaps without text; null if the text does not begin with what was sent
     */
    Reply.@Nullable TextDelta rest(
            String whole,
            @Nullable List<TokenLogprobs> logprobs,
            @Nullable Integer choice,
            Reply.@Nullable Part part) {
        if (!whole.startsWith(sent.toString())) {
            return null;
        }
        writtenLogprobs = 0;
        return send(
                whole.substring(sent.length()),
                0,
                choice,
                logprobs == null ? null : freshOf(logprobs),
                part);
    }

    /**
     * Whether the client needs this delta. The first delta of a tool call announces the call, even without text.
     */
    boolean isNews(Reply.TextDelta fresh) {
        boolean announces = !announced && fresh.part() instanceof Reply.Part.Call;
        announced = true;
        return announces
                || !fresh.text().isEmpty()
                || (fresh.logprobs() != null && !fresh.logprobs().isEmpty());
    }

    private List<TokenLogprobs> freshOf(List<TokenLogprobs> logprobs) {
        int known = Math.clamp(sentLogprobs - writtenLogprobs, 0, logprobs.size());
        writtenLogprobs += logprobs.size();
        return logprobs.subList(known, logprobs.size());
    }

    private Reply.TextDelta send(
            String fresh,
            int tokens,
            @Nullable Integer choice,
            @Nullable List<TokenLogprobs> logprobs,
            Reply.@Nullable Part part) {
        sent.append(fresh);
        sentLogprobs += logprobs == null ? 0 : logprobs.size();
        return new Reply.TextDelta(fresh, tokens, choice, logprobs, part);
    }
}
