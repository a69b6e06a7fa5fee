package holt.api.queue.waiting;

import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.TokenLogprobs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client has been sent of one answer so far, over all claims of its job. A later claim starts its text anew: it is swallowed as long as
 * it repeats what was sent, and sent on from there. So are the log probabilities of its tokens, by their number: the same text means
 * the same tokens. Owned by the client's lock.
 */
final class StreamedText {
    private final StringBuilder sent = new StringBuilder();
    private int sentLogprobs;

    /** How much of {@link #sent} the present claim has said. */
    private int said;

    private int saidLogprobs;

    /** Another claim speaks from now on, from the beginning. */
    void restart() {
        said = 0;
        saidLogprobs = 0;
    }

    /**
     * What is to be sent of the next piece of the present claim's text.
     *
     * @return perhaps without text; null if it differs from what was sent
     */
    Reply.@Nullable TextDelta next(Reply.TextDelta delta) {
        String text = delta.text();
        int known = Math.min(text.length(), sent.length() - said);
        if (!text.regionMatches(0, sent.substring(said, said + known), 0, known)) {
            return null;
        }
        said += text.length();
        List<TokenLogprobs> logprobs = delta.logprobs();
        return send(
                text.substring(known),
                delta.tokens(),
                delta.choice(),
                logprobs == null ? null : freshOf(logprobs));
    }

    /**
     * What is still to be sent when this is the whole answer.
     *
     * @param choice which one it is; null where the job has one
     * @return perhaps without text; null if it does not begin with what was sent
     */
    Reply.@Nullable TextDelta rest(Outcome.Choice whole, @Nullable Integer choice) {
        if (!whole.content().startsWith(sent.toString())) {
            return null;
        }
        saidLogprobs = 0;
        List<TokenLogprobs> logprobs = whole.logprobs();
        return send(
                whole.content().substring(sent.length()),
                0,
                choice,
                logprobs == null ? null : freshOf(logprobs));
    }

    private List<TokenLogprobs> freshOf(List<TokenLogprobs> logprobs) {
        int known = Math.clamp(sentLogprobs - saidLogprobs, 0, logprobs.size());
        saidLogprobs += logprobs.size();
        return logprobs.subList(known, logprobs.size());
    }

    private Reply.TextDelta send(
            String fresh,
            int tokens,
            @Nullable Integer choice,
            @Nullable List<TokenLogprobs> logprobs) {
        sent.append(fresh);
        sentLogprobs += logprobs == null ? 0 : logprobs.size();
        return new Reply.TextDelta(fresh, tokens, choice, logprobs);
    }
}
