package holt.engine.diffusion.config;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Reads keys of a config.json and reports unusable values. */
record ConfigFile(Path file, JsonNode node) {
    static ConfigFile read(Path folder) {
        return new ConfigFile(
                folder.resolve("config.json"), ModelFiles.json(folder, "config.json"));
    }

    int positive(String key) {
        return positive(key, node.path(key));
    }

    int positive(String key, int otherwise) {
        return node.hasNonNull(key) ? positive(key) : otherwise;
    }

    private int positive(String key, JsonNode value) {
        int number = value.asInt(0);
        if (number <= 0) {
            throw new UnloadableModelException(
                    "%s: %s must be a positive integer, not %s".formatted(file, key, value));
        }
        return number;
    }

    /** A required list of positive integers. */
    List<Integer> positives(String key) {
        List<Integer> numbers = new ArrayList<>();
        node.path(key).forEach(each -> numbers.add(positive(key, each)));
        if (numbers.isEmpty()) {
            throw new UnloadableModelException(
                    "%s: %s must be a list of positive integers, not %s"
                            .formatted(file, key, node.path(key)));
        }
        return numbers;
    }

    /** One number per level: from a list, or one number for all. */
    List<Integer> perLevel(String key, int levels, int otherwise) {
        if (!node.path(key).isArray()) {
            return Collections.nCopies(levels, positive(key, otherwise));
        }
        List<Integer> numbers = positives(key);
        if (numbers.size() != levels) {
            throw unsupported(key);
        }
        return numbers;
    }

    /** Whether each level's block is of the first of two kinds. Refuses other kinds. */
    List<Boolean> kinds(String key, int levels, String first, String second) {
        List<Boolean> kinds =
                IntStream.range(0, levels)
                        .mapToObj(level -> node.path(key).path(level).asString(""))
                        .map(kind -> {
                            if (!kind.equals(first) && !kind.equals(second)) {
                                throw unsupported(key);
                            }
                            return kind.equals(first);
                        })
                        .toList();
        if (node.path(key).size() != levels) {
            throw unsupported(key);
        }
        return kinds;
    }

    double number(String key, double otherwise) {
        return node.hasNonNull(key) ? node.path(key).asDouble(otherwise) : otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        return node.hasNonNull(key) ? node.path(key).asBoolean(otherwise) : otherwise;
    }

    String text(String key, String otherwise) {
        return node.hasNonNull(key) ? node.path(key).asString(otherwise) : otherwise;
    }

    /** Refuses other values of a key. A missing key and null are fine. */
    void refuseUnless(String key, String... supported) {
        if (node.hasNonNull(key) && !List.of(supported).contains(node.path(key).asString(""))) {
            throw unsupported(key);
        }
    }

    UnloadableModelException unsupported(String key) {
        return new UnloadableModelException(
                "%s: %s %s is not supported".formatted(file, key, node.path(key)));
    }
}
