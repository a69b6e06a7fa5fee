package holt.system.rig.script;

import holt.protocol.ChatMessage;
import holt.protocol.Lane;
import holt.protocol.Task;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunnerContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The runner of these tests does what the real ones do. */
class ScriptedRunnerIT extends ModelRunnerContract {
    @TempDir Path directory;

    private ScriptedRunner runner;
    private RunLog runLog;

    @Override
    protected synchronized ModelRunner runner() {
        if (runner == null) {
            runLog = new RunLog(directory.resolve("runs"));
            runner = new ScriptedRunner(2, runLog);
        }
        return runner;
    }

    /** Long enough that the test acts before the answer. */
    @Override
    protected Task task() {
        return chat("nonce=task sleep=1000 words=2");
    }

    /** What is asked later ends later. */
    @Override
    protected void finish(String id) {
        runner().start("later", Lane.NORMAL, chat("nonce=later sleep=1001"), _ -> {})
                .result()
                .join();
    }

    @Override
    protected boolean isStopped(String id) {
        return runLog.read().stream().anyMatch(run -> run.what().equals("stop"));
    }

    private static Task chat(String script) {
        return new Task.Chat(
                List.of(new ChatMessage("user", script)),
                new Task.Sampling(0, 1, null),
                null,
                List.of(),
                true);
    }
}
