package holt.api.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import holt.api.edge.Form;
import holt.api.edge.Pictures;
import holt.api.edge.RawClient;
import holt.api.edge.RefusalContract;
import holt.api.models.TestCatalog;
import holt.api.node.NodeVectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests for images with one field wrong. The refusal's message starts with the field's name. */
class BadImagesIT extends RefusalContract {
    private static final String GENERATIONS = "/v1/images/generations";
    private static final String EDITS = "/v1/images/edits";
    private static final String HAT = "{\"model\":\"painter\",\"prompt\":\"a hat\"}";
    private static final byte[] PICTURE = Pictures.opaque(32, 24);

    static Stream<Arguments> generations() {
        return Stream.of(
                arguments("a chat model", HAT.replace("painter", "m"), 2005, "model"),
                arguments("no prompt", "{\"model\":\"painter\"}", 2002, "prompt"),
                arguments("empty prompt", HAT.replace("a hat", ""), 2002, "prompt"),
                arguments("blank prompt", HAT.replace("a hat", " "), 2002, "prompt"),
                arguments("prompt a number", HAT.replace("\"a hat\"", "5"), 2002, "prompt"),
                arguments(
                        "prompt of 1 MiB",
                        HAT.replace("a hat", "x".repeat(1 << 20)),
                        2011,
                        "prompt"),
                arguments(
                        "negative prompt of 1 MiB",
                        hat("\"negative_prompt\":\"" + "x".repeat(1 << 20) + "\""),
                        2011,
                        "negative_prompt"),
                arguments("size 99999x99999", size("99999x99999"), 2002, "size"),
                arguments("size 8192x8192", size("8192x8192"), 2002, "size"),
                arguments("size 1x1", size("1x1"), 2002, "size"),
                arguments("size abc", size("abc"), 2002, "size"),
                arguments("size 0x0", size("0x0"), 2002, "size"),
                arguments("size -1x5", size("-1x5"), 2002, "size"),
                arguments("size with a blank", size("512 x 512"), 2002, "size"),
                arguments("size a number", hat("\"size\":512"), 2002, "size"),
                arguments("width alone", hat("\"width\":512"), 2002, "height"),
                arguments("height alone", hat("\"width\":0,\"height\":512"), 2002, "width"),
                arguments("width -1", hat("\"width\":-1,\"height\":512"), 2002, "width"),
                arguments(
                        "width 2^40", hat("\"width\":1099511627776,\"height\":512"), 2002, "width"),
                arguments("n 100", hat("\"n\":100"), 2002, "n"),
                arguments("n -1", hat("\"n\":-1"), 2002, "n"),
                arguments("n 1.5", hat("\"n\":1.5"), 2002, "n"),
                arguments("steps 100000", hat("\"steps\":100000"), 2002, "steps"),
                arguments("step -1", hat("\"step\":-1"), 2002, "step"),
                arguments("seed 2^65", hat("\"seed\":36893488147419103232"), 2002, "seed"),
                arguments("guidance -1", hat("\"guidance\":-1"), 2002, "guidance"),
                arguments(
                        "guidance_scale 1000",
                        hat("\"guidance_scale\":1000"),
                        2002,
                        "guidance_scale"),
                arguments("strength 1.1", hat("\"strength\":1.1"), 2002, "strength"),
                arguments(
                        "response_format bmp",
                        hat("\"response_format\":\"bmp\""),
                        2002,
                        "response_format"),
                arguments(
                        "output_format bmp",
                        hat("\"output_format\":\"bmp\""),
                        2002,
                        "output_format"),
                arguments(
                        "output_format webp",
                        hat("\"output_format\":\"webp\""),
                        2002,
                        "output_format"),
                arguments(
                        "output_compression",
                        hat("\"output_compression\":50"),
                        2002,
                        "output_compression"),
                arguments(
                        "a transparent background",
                        hat("\"background\":\"transparent\""),
                        2002,
                        "background"),
                arguments("stream", hat("\"stream\":true"), 2002, "stream"),
                arguments("markup", hat("\"markup\":\"data:a\""), 2002, "markup"),
                arguments(
                        "a mask without an image",
                        hat("\"mask\":\"" + Pictures.dataUri(Pictures.mask(32, 24)) + "\""),
                        2002,
                        "image"),
                arguments("file no picture", hat("\"file\":\"data:;base64,AAAA\""), 2013, "file"));
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                arguments("a mask without an image", mask(Pictures.mask(32, 24)), 2002, "image"),
                arguments("image empty", ",\"image\":\"\"", 2002, "image"),
                arguments("image an empty list", ",\"image\":[]", 2002, "image"),
                arguments("image a number", ",\"image\":5", 2002, "image"),
                arguments("two images", ",\"image\":[\"data:a\",\"data:b\"]", 2002, "image"),
                arguments(
                        "two images as objects",
                        ",\"images\":[{\"image_url\":\"data:a\"},{\"image_url\":\"data:b\"}]",
                        2002,
                        "images"),
                arguments(
                        "images an uploaded file's id",
                        ",\"images\":[{\"file_id\":\"file-1\"}]",
                        2002,
                        "images[0].file_id"),
                arguments("images of nothing", ",\"images\":[{}]", 2002, "images[0].image_url"),
                arguments(
                        "images a number",
                        ",\"images\":[{\"image_url\":5}]",
                        2002,
                        "images[0].image_url"),
                arguments(
                        "images no picture",
                        ",\"images\":[{\"image_url\":\"data:;base64,AAAA\"}]",
                        2013,
                        "images[0].image_url"),
                arguments(
                        "mask an uploaded file's id",
                        image() + ",\"mask\":{\"file_id\":\"file-1\"}",
                        2002,
                        "mask.file_id"),
                arguments(
                        "image on a closed port",
                        ",\"image\":" + NodeVectors.exchange(16).get("request_body").get("image"),
                        2012,
                        "image"),
                arguments("image no picture", ",\"image\":\"data:;base64,AAAA\"", 2013, "image"),
                arguments(
                        "mask of another size",
                        image() + mask(Pictures.mask(24, 32)),
                        2002,
                        "mask"),
                arguments(
                        "mask without transparency",
                        image() + mask(Pictures.opaque(32, 24)),
                        2002,
                        "mask"),
                arguments(
                        "mask no picture",
                        image() + ",\"mask\":\"data:;base64,AAAA\"",
                        2013,
                        "mask"),
                arguments("strength 0", image() + ",\"strength\":0", 2002, "strength"),
                arguments("strength -1", image() + ",\"strength\":-1", 2002, "strength"),
                arguments(
                        "image_guidance_scale -1",
                        image() + ",\"image_guidance_scale\":-1",
                        2002,
                        "image_guidance_scale"));
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                arguments(
                        "a mask without a file",
                        form().file("mask", Pictures.mask(8, 8)).post(EDITS),
                        2002,
                        "image"),
                arguments(
                        "an empty file",
                        form().file("image", new byte[0]).post(EDITS),
                        2002,
                        "image"),
                arguments(
                        "two files",
                        form().file("image[]", PICTURE).file("image[]", PICTURE).post(EDITS),
                        2002,
                        "image"),
                arguments(
                        "HTML named .png",
                        form().file("image", "<html></html>".getBytes(StandardCharsets.UTF_8))
                                .post(EDITS),
                        2013,
                        "image"),
                arguments(
                        "mask of another size",
                        form().file("mask", Pictures.mask(8, 8)).file("image", PICTURE).post(EDITS),
                        2002,
                        "mask"),
                arguments("n ten", picture().text("n", "ten").post(EDITS), 2002, "n"),
                arguments("n 100", picture().text("n", "100").post(EDITS), 2002, "n"),
                arguments(
                        "n twice", picture().text("n", "1").text("n", "2").post(EDITS), 2002, "n"),
                arguments(
                        "strength no number",
                        picture().text("strength", "much").post(EDITS),
                        2002,
                        "strength"),
                arguments(
                        "strength NaN",
                        picture().text("strength", "NaN").post(EDITS),
                        2002,
                        "strength"),
                arguments(
                        "strength 0",
                        picture().text("strength", "0").post(EDITS),
                        2002,
                        "strength"),
                arguments("stream", picture().text("stream", "true").post(EDITS), 2002, "stream"),
                arguments("markup", picture().file("markup", PICTURE).post(EDITS), 2002, "markup"),
                arguments(
                        "stream yes", picture().text("stream", "yes").post(EDITS), 2002, "stream"),
                arguments("size abc", picture().text("size", "abc").post(EDITS), 2002, "size"),
                arguments(
                        "prompt no UTF-8",
                        new Form()
                                .part("name=\"prompt\"", new byte[] {(byte) 0xff})
                                .file("image", PICTURE)
                                .post(EDITS),
                        2002,
                        "prompt"),
                arguments(
                        "no prompt",
                        new Form().file("image", PICTURE).post(EDITS),
                        2002,
                        "prompt"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("generations")
    void refusesAGenerationsFieldsByName(String name, String body, int code, String param)
            throws IOException {
        assertThat(refusedParam(json(GENERATIONS, body), code)).isEqualTo(param);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    void refusesAnEditsFieldsByName(String name, String fields, int code, String param)
            throws IOException {
        String body = HAT.substring(0, HAT.length() - 1) + fields + "}";

        assertThat(refusedParam(json(EDITS, body), code)).isEqualTo(param);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void refusesAFormsFieldsByName(String name, byte[] request, int code, String param)
            throws IOException {
        assertThat(refusedParam(request, code)).isEqualTo(param);
    }

    @Test
    void refusesAModelThatNobodyKnows() throws IOException {
        refused(json(GENERATIONS, HAT.replace("painter", "nobody")), 404, 2004);
    }

    @ParameterizedTest
    @ValueSource(strings = {GENERATIONS, EDITS})
    void refusesARequestWithoutAModelIfThereAreTwoImageModels(String route) throws IOException {
        TestCatalog catalog = server.bean(TestCatalog.class);
        catalog.addPainter("another");
        try {
            byte[] request = json(route, HAT.replace("\"model\":\"painter\",", ""));

            JsonNode error = refused(request, 404, 2004).get("error");

            assertThat(error.get("param").asString()).isEqualTo("model");
            assertThat(error.get("message").asString())
                    .isEqualTo("model: required, since there are 2 image models");
        } finally {
            catalog.reset();
        }
    }

    static Stream<Arguments> noForms() {
        String form = "multipart/form-data";
        return Stream.of(
                arguments("no boundary", body(form), 400, 2001),
                arguments("no part", body(form + "; boundary=b"), 400, 2001),
                arguments(
                        "a long boundary",
                        body(form + "; boundary=" + "b".repeat(5000)),
                        400,
                        2001),
                arguments("no end", picture().postUnended(EDITS), 400, 2001),
                arguments("text", body("text/xml"), 415, 2003),
                arguments("no form-data", body("multipart/mixed; boundary=b"), 415, 2003));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noForms")
    void refusesWhatIsNoForm(String name, byte[] request, int status, int code) throws IOException {
        refused(request, status, code);
    }

    @Test
    void refusesAFormOfAThousandParts() throws IOException {
        Form form = picture();
        for (int i = 0; i < 1000; i++) {
            form.text("x" + i, "");
        }

        refused(form.post(EDITS), 400, 2001);
    }

    @Test
    void refusesAFormThatIsTooLarge() throws IOException {
        String declared =
                "POST "
                        + EDITS
                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                        + "Content-Length: 27262976\r\n\r\n";

        refused(RawClient.bytes(declared), 413, 2010);
    }

    private String refusedParam(byte[] request, int code) throws IOException {
        JsonNode error = refused(request, 400, code).get("error");
        String param = error.get("param").asString();
        assertThat(error.get("message").asString()).startsWith(param + ": ");
        return param;
    }

    private static byte[] body(String contentType) {
        return RawClient.post(EDITS, contentType, new byte[] {'x'});
    }

    private static byte[] json(String path, String body) {
        return RawClient.post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String hat(String fields) {
        return HAT.replaceFirst("\\{", Matcher.quoteReplacement("{" + fields + ","));
    }

    private static String size(String size) {
        return hat("\"size\":\"" + size + "\"");
    }

    private static String image() {
        return ",\"image\":\"" + Pictures.dataUri(PICTURE) + "\"";
    }

    private static String mask(byte[] png) {
        return ",\"mask\":\"" + Pictures.dataUri(png) + "\"";
    }

    private static Form form() {
        return new Form().text("model", "painter").text("prompt", "a hat");
    }

    private static Form picture() {
        return form().file("image", PICTURE);
    }
}
