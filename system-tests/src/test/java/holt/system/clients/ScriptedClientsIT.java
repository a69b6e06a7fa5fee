package holt.system.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import holt.protocol.Outcome;
import holt.system.rig.http.Pictures;
import holt.system.rig.time.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients in other languages. A script of {@code src/test/clients} drives each and prints a line for each check. {@code .ci/run} installs the
 * clients. Without its client, a test is skipped, but with {@code CI=true} it fails.
 */
@Tag("alone")
@ExtendWith(ServeClients.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ScriptedClientsIT {
    private static final Path SCRIPTS = Path.of("src", "test", "clients");
    private static final Path INSTALLED = Path.of("target", "clients");

    /** {@code .ci/run} keeps this file while it installs the clients beside the build. */
    private static final Path INSTALLING = INSTALLED.resolve("installing");

    private final StandaloneHolt holt;

    ScriptedClientsIT(StandaloneHolt holt) {
        this.holt = holt;
    }

    @BeforeAll
    static void awaitInstallation() {
        Await.until(Duration.ofMinutes(4), () -> !Files.exists(INSTALLING));
    }

    @TestFactory
    Stream<DynamicTest> openAiForPython() throws Exception {
        return python("check_openai.py", 1);
    }

    @TestFactory
    Stream<DynamicTest> openAiForNode() throws Exception {
        return node("check-openai.mjs", 2);
    }

    @TestFactory
    Stream<DynamicTest> aiSdk() throws Exception {
        return node("check-ai-sdk.mjs", 1);
    }

    @TestFactory
    Stream<DynamicTest> aiSdkByResponses() throws Exception {
        return node("check-ai-sdk-openai.mjs", 0);
    }

    @TestFactory
    Stream<DynamicTest> openAiAgentsForPython() throws Exception {
        return python("check_openai_agents.py", 0);
    }

    @TestFactory
    Stream<DynamicTest> openAiAgentsForNode() throws Exception {
        return node("check-openai-agents.mjs", 0);
    }

    @TestFactory
    Stream<DynamicTest> langChain() throws Exception {
        return python("check_langchain.py", 0);
    }

    @TestFactory
    Stream<DynamicTest> pydanticAi() throws Exception {
        return python("check_pydantic_ai.py", 0);
    }

    @TestFactory
    Stream<DynamicTest> liteLlm() throws Exception {
        return python("python-openai-2", "check_litellm.py", 0);
    }

    @TestFactory
    Stream<DynamicTest> instructor() throws Exception {
        return python("python-openai-2", "check_instructor.py", 0);
    }

    @TestFactory
    Stream<DynamicTest> codex() throws Exception {
        return node("check-codex.mjs", 0);
    }

    @TestFactory
    Stream<DynamicTest> opencode() throws Exception {
        return node("check-opencode.mjs", 0);
    }

    private Stream<DynamicTest> python(String script, int left) throws Exception {
        return python("python", script, left);
    }

    /** @param packages the folder of the client's packages; some clients need an older package of OpenAI */
    private Stream<DynamicTest> python(String packages, String script, int left) throws Exception {
        Path python = INSTALLED.resolve(packages).resolve("bin").resolve("python");
        need(Files.isExecutable(python), python);
        return run(python.toString(), SCRIPTS.resolve("python").resolve(script), left);
    }

    /** Copies the scripts beside their packages, where Node looks for them. */
    private Stream<DynamicTest> node(String script, int left) throws Exception {
        Path folder = INSTALLED.resolve("node");
        Path packages = folder.resolve("node_modules");
        need(Files.isDirectory(packages), packages);
        try (Stream<Path> scripts = Files.list(SCRIPTS.resolve("node"))) {
            for (Path from : scripts.filter(file -> file.toString().endsWith(".mjs")).toList()) {
                Files.writeString(folder.resolve(from.getFileName()), Files.readString(from));
            }
        }
        return run("node", folder.resolve(script), left);
    }

    /** Skips the test if a client is not installed. With {@code CI=true} the test fails. */
    private static void need(boolean installed, Path what) {
        String message = "no " + what + ": .ci/run installs it";
        if ("true".equals(System.getenv("CI"))) {
            assertThat(installed).as(message).isTrue();
        }
        assumeTrue(installed, message);
    }

    /** @param left the number of endless streams that the script leaves */
    private Stream<DynamicTest> run(String program, Path script, int left) throws Exception {
        Process process =
                new ProcessBuilder(
                                program,
                                script.toString(),
                                holt.baseUrl(),
                                StandaloneHolt.MODEL,
                                EndlessModel.NAME,
                                StandaloneHolt.PAINTER,
                                file("image.png", Pictures.blue(41, 30, 41)),
                                file("mask.png", Pictures.blue(41, 30, 20)))
                        .redirectErrorStream(true)
                        .start();
        List<String> lines;
        try (var output = process.inputReader()) {
            lines = output.lines().toList();
        }
        for (int i = 0; i < left; i++) {
            assertThat(holt.nextEndOfEndless().outcome()).isEqualTo(new Outcome.Cancelled());
        }
        // make_table.py makes docs/compatibility.md from it.
        Files.write(INSTALLED.resolve(script.getFileName() + ".tsv"), lines);
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 3) {
                tests.add(dynamicTest(parts[1], () -> assertThat(line).startsWith("ok\t")));
            }
        }
        tests.add(
                dynamicTest(
                        "the script ran to its end",
                        () ->
                                assertThat(process.onExit().get().exitValue())
                                        .as(String.join("\n", lines))
                                        .isZero()));
        assertThat(tests).as(String.join("\n", lines)).hasSizeGreaterThan(1);
        return tests.stream();
    }

    private static String file(String name, byte[] bytes) throws IOException {
        return Files.write(INSTALLED.resolve(name), bytes).toString();
    }
}
