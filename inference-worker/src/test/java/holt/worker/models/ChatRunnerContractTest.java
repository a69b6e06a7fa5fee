package holt.worker.models;

import holt.protocol.Task;
import holt.worker.TestJobs;

class ChatRunnerContractTest extends ModelRunnerContract {
    private final FakeTextEngine engine = new FakeTextEngine();
    private final ChatRunner runner = new ChatRunner(TestJobs.CHAT_MODEL, engine, 100);

    @Override
    protected ModelRunner runner() {
        return runner;
    }

    @Override
    protected Task task() {
        return TestJobs.chat(true);
    }

    @Override
    protected void finish(String id) {
        engine.finish(id);
    }

    @Override
    protected boolean isStopped(String id) {
        return engine.cancelled.contains(id);
    }
}
