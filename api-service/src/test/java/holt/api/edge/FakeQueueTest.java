package holt.api.edge;

import holt.api.queue.JobQueue;
import holt.protocol.JobId;
import holt.protocol.Reply;
import org.junit.jupiter.api.BeforeEach;

class FakeQueueTest extends JobQueueContract {
    private final FakeQueue queue = new FakeQueue();

    @BeforeEach
    void jobsWait() {
        queue.behave(FakeQueue.Behaviour.waiting());
    }

    @Override
    protected JobQueue queue() {
        return queue;
    }

    @Override
    protected void reply(JobId job, Reply... replies) {
        queue.taken.stream()
                .filter(taken -> taken.id().equals(job))
                .forEach(taken -> taken.reply(replies));
    }
}
