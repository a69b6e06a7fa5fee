package holt.worker.report;

import holt.kafka.Publisher;
import holt.protocol.Job;
import holt.protocol.Payload;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.WorkerId;

/** Opens the replies of each claim. One publisher sends all replies of a claim, since two would not keep their order. */
public final class PublishReplies {
    private final WorkerId worker;
    private final Publisher batched;
    private final Publisher prompt;

    /**
     * @param batched waits a moment for more records; for token streams
     * @param prompt sends at once; for clients that wait only for the end
     */
    public PublishReplies(WorkerId worker, Publisher batched, Publisher prompt) {
        this.worker = worker;
        this.batched = batched;
        this.prompt = prompt;
    }

    /**
     * Opens a claim's replies, with {@code Started} as the first one. A first run sends no {@code Started} to a client that waits only for
     * the end: it would only delay the outcome.
     */
    public ClaimReplies open(ClaimedJob claimed) {
        boolean followed = isFollowed(claimed.job());
        var replies = new ClaimReplies(claimed, followed ? batched : prompt);
        if (followed || claimed.run() > 1) {
            replies.accept(new Reply.Started(worker, claimed.run()));
        }
        return replies;
    }

    /** Whether the client may read replies before the outcome. A stored request is not read here, so it counts as followed. */
    private static boolean isFollowed(Job job) {
        return !(job.payload() instanceof Payload.Inline(Task.Chat chat)) || chat.stream();
    }
}
