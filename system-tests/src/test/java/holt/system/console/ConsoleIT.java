package holt.system.console;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.HoltUp;
import holt.system.rig.http.Pictures;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A newcomer in front of {@code holt up}. {@code -Dconsole.pictures=DIR} also takes pictures of each page. */
@Tag("alone")
class ConsoleIT {
    private static final int WIDE = 1280;
    private static final int PHONE = 390;
    private static final String LAST = "#messages .message.assistant:last-child";

    @TempDir static Path directory;
    private static Browser browser;
    private static HoltUp holt;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        Files.createDirectory(directory.resolve("models"));
        holt = HoltUp.start("console-holt", directory, Map.of());
    }

    @AfterAll
    static void stop() {
        if (holt != null) {
            holt.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void noPageComplainedOrAskedAnotherSite() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests())
                .isNotEmpty()
                .allMatch(url ->
                        url.startsWith(holt.console().toString())
                                || url.startsWith(holt.url().toString())
                                || url.startsWith("data:"));
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, PHONE})
    void anAnswerStreamsIntoThePlayground(int width) throws IOException {
        open("/playground/chat", width, false);

        browser.find("#prompt").sendKeys("Tell me a short story about a dog.\n");
        String answer = browser.await(LAST + " .facts-line", "tokens");

        assertThat(answer).contains("tokens/s", "first token after");
        assertThat(browser.find(LAST + " .text").getText()).hasSizeGreaterThan(20);
        assertThat(browser.findings()).isEmpty();
        picture("chat", width, false);
        browser.find(LAST + " a").click();
        browser.await(".lead .state", "Completed");
        browser.await(".lead", "Most of its");
        picture("job", width, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, PHONE})
    void aPictureAppearsAndItsUrlOpens(int width) throws IOException {
        open("/playground/images", width, false);

        browser.find("#prompt").sendKeys("a cute baby sea otter on a blue background\n");
        browser.await("#gallery figure a", "Open");

        assertThat(
                        browser.run(
                                "const it = document.querySelector('#gallery img'); return it.complete ? it.naturalWidth : 64"))
                .isEqualTo(64L);
        String url = browser.find("#gallery a").getDomProperty("href");
        assertThat(url).startsWith(holt.url() + "/files/");
        assertThat(Pictures.size(Pictures.fetch(URI.create(url)))).isEqualTo("64x64");
        assertThat(browser.findings()).isEmpty();
        browser.find("#gallery button").click();
        browser.await("#source figcaption", "Paint over");
        picture("images", width, false);
    }

    @Test
    void aPaintedMaskChangesThePictureThere() throws IOException {
        open("/playground/images", WIDE, false);
        browser.find("#prompt").sendKeys("a red circle\n");
        browser.await("#gallery figure a", "Open");
        browser.find("#gallery button").click();
        browser.await("#source figcaption", "Paint over");

        browser.drag("#mask", 120);
        browser.find("#prompt").clear();
        browser.find("#prompt").sendKeys("make it blue\n");
        browser.await("#gallery figure:first-child figcaption", "make it blue");
        assertThat(browser.all("#gallery figure")).hasSize(2);
    }

    @Test
    void aStoppedAnswerStaysAsItIs() throws IOException {
        open("/playground/chat", WIDE, false);

        browser.find("#prompt").sendKeys("Tell me a short story about a cat.\n");
        browser.await(LAST + " .text", " ");
        browser.run("document.getElementById('stop').click()");

        browser.await(LAST + " .facts-line", "");
        assertThat(browser.find("#send").isEnabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1280,false",
        "1280,true",
        "390,false",
        "390,true",
    })
    void eachPageIsUsable(int width, boolean dark) throws IOException {
        for (String page :
                new String[] {
                    "/overview",
                    "/queues",
                    "/workers",
                    "/jobs",
                    "/jobs?state=failed",
                    "/settings",
                    "/playground/chat",
                    "/playground/images"
                }) {
            open(page, width, dark);
            browser.await("h1", "");

            assertThat(browser.findings()).as(page).isEmpty();
            assertThat(browser.overflows()).as(page).isFalse();
            picture(page.replaceAll("\\W+", "-").substring(1), width, dark);
        }
    }

    @Test
    void thePageUpdatesItself() throws IOException {
        open("/workers", WIDE, false);
        browser.await("#workers", "");
        browser.run("document.getElementById('live').dataset.seen = 'yes'");

        browser.await("#live:not([data-seen])", "Serving");

        browser.find("#pause").click();
        assertThat(browser.find("#pause").getText()).isEqualTo("Updates are paused");
    }

    private static void open(String page, int width, boolean dark) {
        browser.resize(width, 900);
        browser.dark(dark);
        browser.open(URI.create(holt.console() + page));
    }

    private static void picture(String name, int width, boolean dark) throws IOException {
        String folder = System.getProperty("console.pictures", "");
        if (!folder.isEmpty()) {
            browser.picture(Path.of(folder, name + "-" + width + (dark ? "-dark" : "") + ".png"));
        }
    }
}
