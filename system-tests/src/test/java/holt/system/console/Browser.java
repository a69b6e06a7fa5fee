package holt.system.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holt.system.rig.time.Await;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chromium without a window. It remembers what its pages asked for, and what they complained about. */
final class Browser implements AutoCloseable {
    private static final File CHROMIUM = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");

    /** {@code .ci/run} keeps this file while it installs what tests need. */
    private static final Path INSTALLING = Path.of("target", "clients", "installing");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test if no Chromium is installed. With {@code CI=true} the test fails. */
    static Browser start() {
        Await.until(Duration.ofMinutes(4), () -> !Files.exists(INSTALLING));
        boolean installed = CHROMIUM.canExecute() && DRIVER.canExecute();
        String message = "no " + CHROMIUM + " or " + DRIVER + ": .ci/run installs them";
        if ("true".equals(System.getenv("CI"))) {
            assertThat(installed).as(message).isTrue();
        }
        assumeTrue(installed, message);
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM);
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
        options.setCapability("goog:loggingPrefs", logs);
        return new Browser(
                new ChromeDriver(
                        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(),
                        options));
    }

    /** Looks like a screen of this width from now on. */
    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        width < 600));
    }

    void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        dark ? "dark" : "light"))));
    }

    void open(URI page) {
        driver.get(page.toString());
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** Waits until such an element has such a text, or just is there if the text is empty. */
    String await(String css, String text) {
        Await.until(PATIENCE, () -> textOf(css).contains(text) && !all(css).isEmpty());
        return textOf(css);
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Paints a stroke of that many pixels through the element's middle. */
    void drag(String css, int pixels) {
        new Actions(driver)
                .moveToElement(find(css), -pixels / 2, 0)
                .clickAndHold()
                .moveByOffset(pixels, 0)
                .release()
                .perform();
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    /** Whether the page is wider than the screen. */
    boolean overflows() {
        return Boolean.TRUE.equals(
                run(
                        "return document.documentElement.scrollWidth > document.documentElement.clientWidth"));
    }

    /** The URLs that pages have asked for since the last call. */
    List<String> requests() {
        return log(LogType.PERFORMANCE)
                .map(entry -> JSON.readTree(entry.getMessage()).get("message"))
                .filter(event -> event.get("method").asString().equals("Network.requestWillBeSent"))
                .map(event -> event.at("/params/request/url").asString())
                .toList();
    }

    /** What stands in the console of the pages since the last call. */
    List<String> complaints() {
        return log(LogType.BROWSER).map(LogEntry::getMessage).toList();
    }

    /** The serious and critical findings of axe on this page. */
    List<String> findings() throws IOException {
        driver.executeScript(axe());
        Object result =
                driver.executeAsyncScript(
                        "axe.run(document, {resultTypes: ['violations']}).then(arguments[0])");
        JsonNode violations = JSON.valueToTree(result).get("violations");
        return StreamSupport.stream(violations.spliterator(), false)
                .filter(each ->
                        List.of("serious", "critical").contains(each.get("impact").asString()))
                .map(each ->
                        each.get("id").asString()
                                + ": "
                                + each.at("/nodes/0/html").asString()
                                + " "
                                + each.at("/nodes/0/failureSummary").asString())
                .toList();
    }

    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }

    private String textOf(String css) {
        Object text =
                driver.executeScript(
                        "return [...document.querySelectorAll(arguments[0])].map(it => it.textContent).join('\\n')",
                        css);
        return String.valueOf(text);
    }

    private Stream<LogEntry> log(String type) {
        return driver.manage().logs().get(type).getAll().stream();
    }

    private static String axe() throws IOException {
        try (InputStream script =
                Objects.requireNonNull(
                        Browser.class.getClassLoader().getResourceAsStream("axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
