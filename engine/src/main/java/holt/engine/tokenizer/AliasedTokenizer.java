package holt.engine.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rewrites a tokenizer.json: its special tokens get the names of their aliases. All ids stay. */
final class AliasedTokenizer {
    private AliasedTokenizer() {}

    static JsonNode rewrite(JsonNode original, SpecialStrings strings, Set<String> specials) {
        ObjectNode root = (ObjectNode) original.deepCopy();
        for (JsonNode token : root.path("added_tokens")) {
            if (specials.contains(token.path("content").asString())) {
                ((ObjectNode) token)
                        .put("content", strings.alias(token.path("content").asString()));
            }
        }
        ObjectNode model = (ObjectNode) root.path("model");
        if (specials.contains(model.path("unk_token").asString(""))) {
            model.put("unk_token", strings.alias(model.path("unk_token").asString()));
        }
        switch (model.path("vocab")) {
            case ObjectNode byName -> renameKeys(byName, strings, specials);
            case ArrayNode byId -> renameEntries(byId, strings, specials);
            default ->
                    throw new IllegalArgumentException(
                            "model.vocab is neither an object nor an array");
        }
        if (model.path("merges") instanceof ArrayNode merges) {
            model.set("merges", without(merges, specials));
        }
        return root;
    }

    private static void renameKeys(
            ObjectNode vocabulary, SpecialStrings strings, Set<String> specials) {
        for (String special : specials) {
            JsonNode id = vocabulary.remove(special);
            if (id != null) {
                vocabulary.set(strings.alias(special), id);
            }
        }
    }

    private static void renameEntries(
            ArrayNode vocabulary, SpecialStrings strings, Set<String> specials) {
        for (JsonNode entry : vocabulary) {
            if (specials.contains(entry.path(0).asString(""))) {
                ((ArrayNode) entry).set(0, strings.alias(entry.path(0).asString()));
            }
        }
    }

    /** The merges without those that spell a special token, which the vocabulary no longer has. */
    private static ArrayNode without(ArrayNode merges, Set<String> specials) {
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode merge : merges) {
            List<String> parts =
                    merge.isArray()
                            ? List.of(merge.path(0).asString(), merge.path(1).asString())
                            : List.of(merge.asString().split(" ", 2));
            boolean special = specials.contains(parts.stream().collect(Collectors.joining()));
            if (!special && parts.stream().noneMatch(specials::contains)) {
                kept.add(merge);
            }
        }
        ArrayNode result = merges.arrayNode();
        kept.forEach(result::add);
        return result;
    }
}
