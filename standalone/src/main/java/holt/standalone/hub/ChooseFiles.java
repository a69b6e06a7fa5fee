package holt.standalone.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses the files of a model that Holt reads. A folder with a model_index.json is a diffusers folder; any other is a Hugging Face folder.
 * If the user names a file, that and the further files of the same model are the only ones.
 */
final class ChooseFiles {
    private static final Set<String> SMALL =
            Set.of(
                    "config.json",
                    "generation_config.json",
                    "scheduler_config.json",
                    "tokenizer.json",
                    "tokenizer_config.json",
                    "special_tokens_map.json",
                    "added_tokens.json",
                    "modules.json",
                    "sentence_bert_config.json",
                    "config_sentence_transformers.json",
                    "vocab.json",
                    "vocab.txt",
                    "merges.txt",
                    "tokenizer.model",
                    "chat_template.jinja",
                    "chat_template.json");

    /** At the root of a diffusers folder. The second file has the model's own steps and guidance. */
    private static final Set<String> DIFFUSERS =
            Set.of("model_index.json", "generation_config.json");

    private static final Set<String> PARTS =
            Set.of(
                    "scheduler",
                    "text_encoder",
                    "text_encoder_2",
                    "tokenizer",
                    "tokenizer_2",
                    "unet",
                    "vae");

    /** The weights or one shard of them, in full or half precision, or an index of shards. */
    private static final Pattern WEIGHTS =
            Pattern.compile(
                    "(?:model|diffusion_pytorch_model)(?<half>\\.fp16)?(?<shard>-\\d{5}-of-\\d{5})?\\.safetensors"
                            + "(?<index>\\.index(?<halfIndex>\\.fp16)?\\.json)?");

    /** The root of a Hugging Face folder, and the folders of an embedding model's modules, such as 1_Pooling. */
    private static final Pattern OWN = Pattern.compile("|\\d+_\\w+");

    private static final int MOST_NAMED = 20;

    private ChooseFiles() {}

    /**
     * Prefers full precision to half precision, and one file to its shards, as the engine does.
     *
     * @throws HubException if the model has no weights that Holt reads
     */
    static List<HubFile> of(HubModel model, List<HubFile> all) {
        List<HubFile> chosen =
                model.file() == null
                        ? needed(all)
                        : all.stream().filter(file -> isOf(model.file(), file.path())).toList();
        check(model, all, chosen);
        return chosen;
    }

    private static boolean isOf(String named, String file) {
        return file.matches("(?i).*\\.gguf") && HubModel.model(file).equals(HubModel.model(named));
    }

    private static List<HubFile> needed(List<HubFile> all) {
        boolean diffusers = all.stream().anyMatch(file -> file.path().equals("model_index.json"));
        Map<String, List<HubFile>> folders = new TreeMap<>();
        for (HubFile file : all) {
            int end = file.path().lastIndexOf('/');
            folders.computeIfAbsent(
                            end < 0 ? "" : file.path().substring(0, end), _ -> new ArrayList<>())
                    .add(file);
        }
        List<HubFile> chosen = new ArrayList<>();
        folders.forEach((folder, files) -> {
            if (diffusers ? PARTS.contains(folder) : OWN.matcher(folder).matches()) {
                files.stream().filter(file -> SMALL.contains(name(file))).forEach(chosen::add);
                chosen.addAll(weights(files));
            } else if (folder.isEmpty()) {
                files.stream().filter(file -> DIFFUSERS.contains(file.path())).forEach(chosen::add);
            }
        });
        return List.copyOf(chosen);
    }

    private static List<HubFile> weights(List<HubFile> files) {
        for (boolean half : new boolean[] {false, true}) {
            for (boolean whole : new boolean[] {true, false}) {
                List<HubFile> found =
                        files.stream().filter(file -> fits(name(file), half, whole)).toList();
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private static boolean fits(String name, boolean half, boolean whole) {
        Matcher parts = WEIGHTS.matcher(name);
        if (!parts.matches()) {
            return false;
        }
        boolean isHalf = parts.group("half") != null || parts.group("halfIndex") != null;
        boolean isWhole = parts.group("shard") == null && parts.group("index") == null;
        return isHalf == half && isWhole == whole;
    }

    private static String name(HubFile file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }

    private static void check(HubModel model, List<HubFile> all, List<HubFile> chosen) {
        if (chosen.stream()
                .noneMatch(file -> file.path().matches(".*\\.(safetensors|(?i:gguf))"))) {
            throw new HubException(withoutWeights(model, all));
        }
    }

    private static String withoutWeights(HubModel model, List<HubFile> all) {
        List<String> gguf = names(all, "[^/]*\\.(?i:gguf)");
        if (!gguf.isEmpty()) {
            return "%s has GGUF files: pull one of them, such as %s/%s. It has %s"
                    .formatted(model.id(), model.id(), gguf.getFirst(), String.join(", ", gguf));
        }
        List<String> others = names(all, ".*\\.(bin|pt|pth|onnx|ckpt|safetensors|h5|msgpack)");
        return "%s has no weights that Holt reads, which are safetensors and GGUF files%s"
                .formatted(
                        model.id(),
                        others.isEmpty() ? "" : "; it has " + String.join(", ", others));
    }

    private static List<String> names(List<HubFile> files, String form) {
        return files.stream()
                .map(HubFile::path)
                .filter(path -> path.matches(form))
                .limit(MOST_NAMED)
                .toList();
    }
}
