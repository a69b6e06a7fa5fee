package holt.engine.checkpoint;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.gguf.GgufFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A model in several GGUF files, such as {@code m-00001-of-00003.gguf}. llama.cpp's {@code gguf-split} writes them. The first file has the
 * metadata, each file has some of the tensors.
 */
public final class GgufParts {
    private static final Pattern NAME =
            Pattern.compile(
                    "(?i)(?<model>.+)-(?<number>\\d{5})-of-(?<count>\\d{5})(?<ending>\\.gguf)");

    private GgufParts() {}

    /** Whether a GGUF file is a whole model or its first part. */
    static boolean isFirst(Path file) {
        Matcher name = name(file);
        return !name.matches() || Integer.parseInt(name.group("number")) == 1;
    }

    /** The name of the model in a file of that name: without the number of the part and the ending. */
    static String model(String file) {
        Matcher name = NAME.matcher(file);
        return name.matches()
                ? name.group("model")
                : file.substring(0, file.length() - GgufModel.ENDING.length());
    }

    /** Where the parts of a model lie, the given first one included. Some may be missing. */
    public static List<Path> of(Path first) {
        Matcher name = name(first);
        return name.matches()
                ? IntStream.rangeClosed(1, Integer.parseInt(name.group("count")))
                        .mapToObj(number -> first.resolveSibling(sibling(name, number)))
                        .toList()
                : List.of(first);
    }

    private static String sibling(Matcher name, int number) {
        return "%s-%05d-of-%s%s"
                .formatted(name.group("model"), number, name.group("count"), name.group("ending"));
    }

    /**
     * The parts after the first.
     *
     * @throws UnloadableModelException if one is missing, or if the file's name and its metadata differ
     */
    static List<Path> others(Path first, GgufFile metadata) {
        List<Path> parts = of(first);
        long said = metadata.whole("split.count").orElse(1);
        if (parts.size() != said) {
            throw new UnloadableModelException(
                    "%s is one of %d parts by its name, and one of %d by its metadata"
                            .formatted(first, parts.size(), said));
        }
        for (Path part : parts) {
            if (!Files.isRegularFile(part)) {
                throw new UnloadableModelException(
                        first + " needs " + part.getFileName() + " beside it");
            }
        }
        return parts.subList(1, parts.size());
    }

    private static Matcher name(Path file) {
        return NAME.matcher(file.getFileName().toString());
    }
}
