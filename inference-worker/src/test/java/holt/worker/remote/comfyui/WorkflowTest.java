package holt.worker.remote.comfyui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.protocol.PictureEdit;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.worker.TestJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class WorkflowTest {
    @TempDir private Path folder;

    @Test
    void titlesNameThePlaces() throws Exception {
        Workflow workflow = read(FakeComfyUi.WORKFLOW);

        JsonNode filled =
                workflow.with(
                        Map.of(
                                Place.PROMPT,
                                "a hat",
                                Place.NEGATIVE,
                                "blurry",
                                Place.WIDTH,
                                64,
                                Place.HEIGHT,
                                32,
                                Place.SEED,
                                5L,
                                Place.GUIDANCE,
                                3.5,
                                Place.PICTURE,
                                "no place"));

        assertThat(filled.at("/6/inputs/text").asString()).isEqualTo("a hat");
        assertThat(filled.at("/7/inputs/text").asString()).isEqualTo("blurry");
        assertThat(filled.at("/5/inputs/width").asInt()).isEqualTo(64);
        assertThat(filled.at("/5/inputs/height").asInt()).isEqualTo(32);
        assertThat(filled.at("/3/inputs/seed").asInt()).isEqualTo(5);
        assertThat(filled.at("/3/inputs/cfg").asDouble()).isEqualTo(3.5);
        assertThat(filled.at("/3/inputs/steps").asInt()).isEqualTo(20);
        assertThat(workflow.has(Place.PICTURE)).isFalse();
        assertThat(workflow.isOutput("9")).isTrue();
        assertThat(workflow.isOutput("8")).isFalse();
    }

    @Test
    void theWorkflowItselfStaysAsItIs() throws Exception {
        Workflow workflow = read(FakeComfyUi.WORKFLOW);

        workflow.with(Map.of(Place.PROMPT, "a hat"));

        assertThat(workflow.with(Map.of()).at("/6/inputs/text").asString()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                                          | not a JSON object",
                "{                                                                           | Unexpected",
                "{\"nodes\": [], \"links\": []}                                              | not in API format",
                "{\"6\": {\"class_type\": \"C\", \"inputs\": {\"text\": \"\"}}}              | holt:prompt",
                "{\"6\": {\"class_type\": \"C\", \"inputs\": {\"t\": 1}, \"_meta\": {\"title\": \"holt:prompt\"}}} | holt:prompt=INPUT",
                "{\"6\": {\"class_type\": \"C\", \"inputs\": {\"t\": 1}, \"_meta\": {\"title\": \"holt:hat\"}}}    | no place holt:hat"
            })
    void aFileThatIsNoSuchWorkflowSaysWhy(String json, String why) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("workflow.json")
                .hasMessageContaining(why);
    }

    @Test
    @DisplayName("R139: a workflow has a place for each of its pictures")
    void aWorkflowHasAPlaceForEachOfItsPictures() throws Exception {
        String load =
                "\"%d\": {\"class_type\": \"LoadImage\", \"_meta\": {\"title\": \"%s\"}, \"inputs\": {\"image\": \"x\"}},";
        Workflow two =
                read(
                        FakeComfyUi.WORKFLOW.replaceFirst(
                                "\\{",
                                "{"
                                        + load.formatted(1, "holt:picture")
                                        + load.formatted(2, "holt:picture2")));

        FillWorkflow.check(two, edited(1));
        JsonNode filled = new FillWorkflow(two, edited(1), List.of("a", "b"), null).of(0);

        assertThat(filled.at("/1/inputs/image").asString()).isEqualTo("a");
        assertThat(filled.at("/2/inputs/image").asString()).isEqualTo("b");
        assertThatThrownBy(() -> FillWorkflow.check(two, edited(0)))
                .hasMessage("image: the model's engine needs 2 pictures for this workflow");
        assertThatThrownBy(() -> FillWorkflow.check(two, edited(2)))
                .hasMessage(
                        "image: the model's engine has no place for so many pictures in this workflow");
    }

    private static Task.Images edited(int further) {
        var picture = new StoredObject("k", 1, "00");
        return TestJobs.IMAGES.edited(
                new PictureEdit(picture, Collections.nCopies(further, picture), null, null, null),
                null,
                null);
    }

    private Workflow read(String json) throws IOException {
        return Workflow.read(Files.writeString(folder.resolve("workflow.json"), json));
    }
}
