package holt.engine.checkpoint;

import holt.engine.UnloadableModelException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The weights that a configuration calls for, with their shapes. */
public final class ExpectedTensors {
    private final Map<String, List<Long>> shapes = new LinkedHashMap<>();

    /** Adds any weight. */
    public void add(String name, long... shape) {
        shapes.put(name, Arrays.stream(shape).boxed().toList());
    }

    /** Adds a linear layer with bias. */
    public void linear(String name, long out, long in) {
        linearWithoutBias(name, out, in);
        add(name + ".bias", out);
    }

    /** Adds a linear layer without bias. */
    public void linearWithoutBias(String name, long out, long in) {
        add(name + ".weight", out, in);
    }

    /** Adds a square convolution with bias. */
    public void convolution(String name, long out, long in, long kernel) {
        add(name + ".weight", out, in, kernel, kernel);
        add(name + ".bias", out);
    }

    /** Adds a norm with bias. */
    public void norm(String name, long size) {
        add(name + ".weight", size);
        add(name + ".bias", size);
    }

    /** The names of all weights. */
    public Set<String> names() {
        return shapes.keySet();
    }

    /** The number of parameters. */
    public long parameters() {
        return shapes.values().stream()
                .mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact))
                .sum();
    }

    /**
     * Compares the weights with those of a checkpoint. A missing or additional tensor would give wrong results.
     *
     * @param found by name
     * @param what the network's name, for the message
     * @throws UnloadableModelException if a tensor is missing, has another shape or does not belong to the architecture
     */
    public void check(Map<String, StoredTensor> found, String what) {
        shapes.forEach((name, shape) -> {
            StoredTensor tensor = found.get(name);
            if (tensor == null) {
                throw new UnloadableModelException(
                        "%s: the weights have no tensor %s".formatted(what, name));
            }
            if (!tensor.shape().equals(shape)) {
                throw new UnloadableModelException(
                        "%s: tensor %s has the shape %s; config.json calls for %s"
                                .formatted(what, name, tensor.shape(), shape));
            }
        });
        Stream<String> unknown = found.keySet().stream().filter(name -> !shapes.containsKey(name));
        unknown.findFirst()
                .ifPresent(name -> {
                    throw new UnloadableModelException(
                            "%s: the checkpoint has a tensor %s, which the configuration does not call for"
                                    .formatted(what, name));
                });
    }
}
