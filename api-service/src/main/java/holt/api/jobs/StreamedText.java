package holt.api.jobs;

import org.jspecify.annotations.Nullable;

/**
 * The text that a client has been sent so far, over all claims of its job. A later claim starts its text anew: it is swallowed as long as
 * it repeats what was sent, and sent on from there. Owned by the client's lock.
 */
final class StreamedText {
    private final StringBuilder sent = new StringBuilder();

    /** How much of {@link #sent} the present claim has said. */
    private int said;

    /** Another claim speaks from now on, from the beginning. */
    void restart() {
        said = 0;
    }

    /** What is to be sent of the next piece of the present claim's text, perhaps nothing; null if it differs from what was sent. */
    @Nullable String next(String delta) {
        int known = Math.min(delta.length(), sent.length() - said);
        if (!delta.regionMatches(0, sent.substring(said, said + known), 0, known)) {
            return null;
        }
        said += delta.length();
        String fresh = delta.substring(known);
        sent.append(fresh);
        return fresh;
    }

    /** What is still to be sent when the whole text is this; null if it does not begin with what was sent. */
    @Nullable String rest(String whole) {
        return whole.startsWith(sent.toString()) ? whole.substring(sent.length()) : null;
    }
}
