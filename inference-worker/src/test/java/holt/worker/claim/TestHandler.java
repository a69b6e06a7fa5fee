package holt.worker.claim;

import holt.kafka.PublishRetries;
import holt.kafka.Publisher;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.KeepPayload;
import holt.worker.report.PublishEvents;
import holt.worker.report.PublishReplies;
import holt.worker.run.RunJob;
import holt.worker.settle.PublishDeadLetters;
import holt.worker.settle.SetAside;
import holt.worker.settle.SettleJob;
import holt.worker.settle.StoreOutcome;
import java.time.InstantSource;

/** The real parts from a record to its settlement, with one publisher and an empty event log. */
final class TestHandler {
    private TestHandler() {}

    static HandleRecord of(
            Publisher publisher, RunJob run, ClaimCheck claims, InstantSource clock) {
        var worker = new WorkerId("w");
        var events = new PublishEvents(publisher);
        var retries = new PublishRetries(publisher, clock, () -> 0);
        var deadLetters = new PublishDeadLetters(worker, publisher, new KeepPayload(claims), clock);
        return new HandleRecord(
                new SetAside(retries, deadLetters, publisher),
                new CountCrashes((_, _) -> {}),
                new SuspectJobs(),
                new ServeJob(
                        run,
                        new StoreOutcome(new InMemoryObjectStore(), claims, clock),
                        new SettleJob(worker, events, retries, deadLetters, clock, 3),
                        new PublishReplies(worker, events, publisher, publisher)),
                clock);
    }
}
