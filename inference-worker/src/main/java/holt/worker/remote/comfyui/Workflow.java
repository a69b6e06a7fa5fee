package holt.worker.remote.comfyui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A workflow in ComfyUI's API format. Titles of its nodes name the places for a task's values: {@code holt:steps}, or {@code
 * holt:steps=my_input} if the node's input has an unusual name. A title may name several. {@code holt:size} is width and height. {@code
 * holt:output} is on the node whose pictures count.
 */
final class Workflow {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MARK = "holt:";
    private static final String OUTPUT = "output";
    private static final String SIZE = "size";

    private final ObjectNode graph;
    private final Map<Place, List<Input>> places = new EnumMap<>(Place.class);
    private final Set<String> outputs = new HashSet<>();

    private record Input(String node, String name) {}

    private Workflow(ObjectNode graph) {
        this.graph = graph;
    }

    /** @throws IllegalArgumentException if it is no such workflow, or has no place for a prompt */
    static Workflow read(Path file) {
        try {
            if (JSON.readTree(Files.readString(file)) instanceof ObjectNode graph) {
                var workflow = new Workflow(graph);
                workflow.findPlaces();
                return workflow;
            }
            throw new IllegalArgumentException("not a JSON object");
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cannot use the workflow " + file + ": " + e.getMessage(), e);
        }
    }

    boolean has(Place place) {
        return places.containsKey(place);
    }

    /** Its places for source pictures, in their order. */
    List<Place> pictures() {
        return Place.PICTURES.stream().filter(this::has).toList();
    }

    /** Whether pictures of this node count. */
    boolean isOutput(String node) {
        return outputs.isEmpty() || outputs.contains(node);
    }

    /** The workflow with these values. A value without a place is left out. */
    JsonNode with(Map<Place, Object> values) {
        ObjectNode filled = graph.deepCopy();
        values.forEach((place, value) -> {
            for (Input input : places.getOrDefault(place, List.of())) {
                ObjectNode inputs = (ObjectNode) filled.get(input.node).get("inputs");
                inputs.set(input.name, JSON.valueToTree(value));
            }
        });
        return filled;
    }

    private void findPlaces() {
        for (Map.Entry<String, JsonNode> node : graph.properties()) {
            if (!(node.getValue().path("inputs") instanceof ObjectNode inputs)
                    || !node.getValue().path("class_type").isString()) {
                throw new IllegalArgumentException(
                        "node "
                                + node.getKey()
                                + " is not in API format; export it with Export (API)");
            }
            String title = node.getValue().path("_meta").path("title").asString("");
            for (String word : title.split("\\s+")) {
                if (word.startsWith(MARK)) {
                    mark(node.getKey(), inputs, word.substring(MARK.length()));
                }
            }
        }
        if (!has(Place.PROMPT)) {
            throw new IllegalArgumentException("no node has holt:prompt in its title");
        }
    }

    private void mark(String node, ObjectNode inputs, String word) {
        String[] parts = word.split("=", 2);
        switch (parts[0]) {
            case OUTPUT -> outputs.add(node);
            case SIZE -> {
                place(Place.WIDTH, node, inputs, Place.WIDTH.inputs());
                place(Place.HEIGHT, node, inputs, Place.HEIGHT.inputs());
            }
            default -> {
                Place place =
                        Arrays.stream(Place.values())
                                .filter(each -> each.label().equals(parts[0]))
                                .findFirst()
                                .orElseThrow(() ->
                                        new IllegalArgumentException(
                                                "there is no place " + MARK + parts[0]));
                place(place, node, inputs, parts.length == 2 ? List.of(parts[1]) : place.inputs());
            }
        }
    }

    private void place(Place place, String node, ObjectNode inputs, List<String> names) {
        String input =
                names.stream()
                        .filter(inputs::has)
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "node %s has no input for %s%s; name it as %2$s%3$s=INPUT"
                                                .formatted(node, MARK, place.label())));
        places.computeIfAbsent(place, _ -> new ArrayList<>()).add(new Input(node, input));
    }
}
