package holt.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** 200 JSON Schemas of the shapes that applications send: extraction, tool arguments, unions, trees, enums, lists. */
public final class SchemaCorpus {
    private static final String[] NAMES = {
        "name",
        "age",
        "city",
        "e-mail",
        "tags",
        "price",
        "isActive",
        "created_at",
        "größe",
        "id",
        "note",
        "unit price",
        "a/b",
        "x\"y"
    };

    private SchemaCorpus() {}

    /** By their names. */
    public static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        single(all);
        whole(all);
        random(all, 200 - all.size());
        return all;
    }

    /** One feature each, as a value and as a property. */
    private static void single(Map<String, String> all) {
        List<String> values =
                List.of(
                        "{\"type\":\"string\"}",
                        "{\"type\":\"string\",\"minLength\":3,\"maxLength\":8}",
                        "{\"type\":\"string\",\"maxLength\":0}",
                        "{\"type\":\"string\",\"minLength\":25}",
                        "{\"type\":\"string\",\"pattern\":\"^[A-Z]{2,4}-\\\\d+$\"}",
                        "{\"type\":\"string\",\"pattern\":\"colou?r\"}",
                        "{\"type\":\"string\",\"pattern\":\"^(\\\\+1)?\\\\d{3}-\\\\d{4}$\",\"maxLength\":9}",
                        "{\"type\":\"string\",\"pattern\":\"^[^\\\"]*\\\\s$\"}",
                        "{\"type\":\"string\",\"format\":\"date\"}",
                        "{\"type\":\"string\",\"format\":\"date-time\"}",
                        "{\"type\":\"string\",\"format\":\"time\"}",
                        "{\"type\":\"string\",\"format\":\"email\"}",
                        "{\"type\":\"string\",\"format\":\"uuid\"}",
                        "{\"type\":\"string\",\"format\":\"uri\"}",
                        "{\"type\":\"string\",\"format\":\"ipv4\"}",
                        "{\"type\":\"string\",\"format\":\"ipv6\"}",
                        "{\"type\":\"string\",\"format\":\"hostname\"}",
                        "{\"type\":\"string\",\"format\":\"duration\"}",
                        "{\"type\":\"integer\"}",
                        "{\"type\":\"integer\",\"minimum\":0}",
                        "{\"type\":\"integer\",\"minimum\":-17,\"maximum\":1234}",
                        "{\"type\":\"integer\",\"exclusiveMinimum\":9,\"exclusiveMaximum\":11}",
                        "{\"type\":\"integer\",\"maximum\":-5}",
                        "{\"type\":\"number\"}",
                        "{\"type\":\"number\",\"minimum\":0,\"maximum\":1}",
                        "{\"type\":\"number\",\"exclusiveMinimum\":0}",
                        "{\"type\":\"number\",\"minimum\":-90,\"maximum\":90}",
                        "{\"type\":\"boolean\"}",
                        "{\"type\":\"null\"}",
                        "{\"type\":[\"string\",\"null\"]}",
                        "{\"type\":[\"integer\",\"boolean\",\"object\"]}",
                        "{\"enum\":[\"red\",\"green\",\"blue\",\"grün\"]}",
                        "{\"enum\":[1,2.5,null,true,\"x\",[1,2],{\"a\":1}]}",
                        "{\"const\":\"fixed \\\"text\\\"\"}",
                        "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}",
                        "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":2,\"maxItems\":4}",
                        "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"number\"},{\"type\":\"string\"}],\"items\":false,\"minItems\":2}",
                        "{\"type\":\"array\",\"prefixItems\":[{\"const\":1}],\"items\":{\"type\":\"boolean\"},\"minItems\":3}",
                        "{\"type\":\"array\"}",
                        "{\"type\":\"array\",\"maxItems\":0}",
                        "{\"type\":\"object\"}",
                        "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}",
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"additionalProperties\":{\"type\":\"string\"}}",
                        "{\"type\":\"object\",\"properties\":{\"a\":{},\"b\":true,\"c\":{\"type\":\"null\"}},\"required\":[\"b\"]}",
                        "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}",
                        "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}",
                        "{\"oneOf\":[{\"type\":\"array\",\"items\":{\"type\":\"null\"}},{\"type\":\"number\"}]}",
                        "{\"allOf\":[{\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"]},{\"properties\":{\"b\":{\"type\":\"string\"},\"a\":{\"minimum\":5}}}]}",
                        "true");
        for (int i = 0; i < values.size(); i++) {
            all.put("value " + i, values.get(i));
            all.put(
                    "property " + i,
                    "{\"type\":\"object\",\"properties\":{\"first\":%s,\"second\":%s},\"required\":[\"second\"],\"additionalProperties\":false}"
                            .formatted(values.get(i), values.get((i * 7 + 3) % values.size())));
        }
    }

    private static void whole(Map<String, String> all) {
        all.put(
                "tree",
                """
                {"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":
                 {"value":{"type":"integer"},"children":{"type":"array","items":{"$ref":"#/$defs/node"}}},
                 "required":["value","children"],"additionalProperties":false}}}\
                """);
        all.put(
                "linked list",
                """
                {"type":"object","properties":{"value":{"type":"string","maxLength":5},
                 "next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["value","next"],"additionalProperties":false}\
                """);
        all.put(
                "discriminated union",
                """
                {"type":"object","properties":{"shape":{"oneOf":[{"$ref":"#/$defs/circle"},{"$ref":"#/$defs/box"}],
                 "discriminator":{"propertyName":"kind"}}},"required":["shape"],
                 "$defs":{"circle":{"title":"Circle","type":"object","properties":{"kind":{"const":"circle"},"radius":{"type":"number","minimum":0}},
                 "required":["kind","radius"]},"box":{"type":"object","properties":{"kind":{"const":"box"},
                 "width":{"type":"integer"},"height":{"type":"integer"}},"required":["kind","width","height"]}}}\
                """);
        all.put(
                "steps of reasoning",
                """
                {"type":"object","properties":{"steps":{"type":"array","items":{"type":"object","properties":
                 {"explanation":{"type":"string"},"output":{"type":"string"}},"required":["explanation","output"],
                 "additionalProperties":false}},"final_answer":{"type":"string"}},"required":["steps","final_answer"],
                 "additionalProperties":false}\
                """);
        all.put(
                "user interface",
                """
                {"type":"object","properties":{"type":{"type":"string","enum":["div","button","header"]},
                 "label":{"type":"string"},"children":{"type":"array","items":{"$ref":"#"}},
                 "attributes":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},
                 "value":{"type":"string"}},"required":["name","value"],"additionalProperties":false}}},
                 "required":["type","label","children","attributes"],"additionalProperties":false}\
                """);
        all.put(
                "expression",
                """
                {"$ref":"#/definitions/sum","definitions":{
                 "sum":{"type":"object","properties":{"left":{"$ref":"#/definitions/term"},"right":{"$ref":"#/definitions/term"}},
                 "required":["left","right"]},
                 "term":{"anyOf":[{"type":"number"},{"$ref":"#/definitions/sum"},{"type":"string","pattern":"^[a-z]$"}]}}}\
                """);
        all.put(
                "optional model",
                """
                {"title":"User","type":"object","properties":{"name":{"title":"Name","type":"string"},
                 "age":{"anyOf":[{"type":"integer","minimum":0,"maximum":150},{"type":"null"}],"default":null},
                 "address":{"allOf":[{"$ref":"#/$defs/Address"}],"description":"where"}},"required":["name"],
                 "$defs":{"Address":{"type":"object","properties":{"street":{"type":"string"},
                 "zip":{"type":"string","pattern":"^\\\\d{5}$"}},"required":["street"]}}}\
                """);
    }

    private static void random(Map<String, String> all, int count) {
        var random = new Random(7);
        for (int i = 0; i < count; i++) {
            all.put("random " + i, object(random, 2));
        }
    }

    private static String object(Random random, int depth) {
        List<String> properties = new ArrayList<>();
        List<String> required = new ArrayList<>();
        int first = random.nextInt(NAMES.length);
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            String name = "\"" + NAMES[(first + i) % NAMES.length].replace("\"", "\\\"") + "\"";
            properties.add(name + ":" + value(random, depth));
            if (random.nextInt(3) > 0) {
                required.add(name);
            }
        }
        return "{\"type\":\"object\",\"properties\":{%s},\"required\":[%s]%s}"
                .formatted(
                        String.join(",", properties),
                        String.join(",", required),
                        random.nextBoolean() ? ",\"additionalProperties\":false" : "");
    }

    private static String value(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 12 : 8);
        return switch (kind) {
            case 0 -> "{\"type\":\"string\"}";
            case 1 -> "{\"type\":\"string\",\"maxLength\":" + random.nextInt(30) + "}";
            case 2 -> {
                int least = random.nextInt(2000) - 1000;
                yield "{\"type\":\"integer\",\"minimum\":%d,\"maximum\":%d}"
                        .formatted(least, least + random.nextInt(5000));
            }
            case 3 -> "{\"type\":\"number\"}";
            case 4 -> "{\"type\":\"boolean\"}";
            case 5 -> "{\"enum\":[\"low\",\"medium\",\"high\"]}";
            case 6 -> "{\"type\":\"string\",\"format\":\"date\"}";
            case 7 -> "{\"type\":[\"string\",\"null\"]}";
            case 8, 9 -> object(random, depth - 1);
            case 10 ->
                    "{\"type\":\"array\",\"items\":%s,\"maxItems\":%d}"
                            .formatted(value(random, depth - 1), 1 + random.nextInt(5));
            default ->
                    "{\"anyOf\":[%s,%s]}"
                            .formatted(value(random, depth - 1), value(random, depth - 1));
        };
    }
}
