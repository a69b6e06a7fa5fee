package holt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DynamicTest;

/**
 * A message and the file that holds its bytes.
 *
 * @param file its name, without the ending
 * @param family that the topic carries
 */
record Golden(String file, Class<?> family, Object message) {
    /** The message is written as the file, and read back from it. */
    DynamicTest test() {
        return DynamicTest.dynamicTest(
                file,
                () -> {
                    // With -Dgolden.write=true the file is written anew. Read the diff before you
                    // commit it.
                    if (Boolean.getBoolean("golden.write")) {
                        Files.write(
                                Path.of("src/test/resources/holt/protocol", file + ".json"),
                                Codec.encode(message));
                    }
                    String expected = read(file);
                    assertThat(new String(Codec.encode(message), StandardCharsets.UTF_8))
                            .isEqualTo(expected);
                    assertThat(
                                    (Object)
                                            Codec.decode(
                                                    expected.getBytes(StandardCharsets.UTF_8),
                                                    family))
                            .isEqualTo(message);
                });
    }

    static String read(String file) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream(file + ".json")) {
            assertThat(in).as("golden file %s", file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
