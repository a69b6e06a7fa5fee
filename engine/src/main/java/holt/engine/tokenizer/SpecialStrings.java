package holt.engine.tokenizer;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The spellings of a tokenizer's special tokens, with two secret spellings for each.
 *
 * <p>Before rendering, a <em>mark</em> replaces each special spelling in a user's text. After rendering, an <em>alias</em>
 * replaces the template's own spellings; the second tokenizer knows the tokens only by their aliases. Then the marks become
 * what the user typed, which stays text. Marks and aliases are random per process, so no user can type them.
 */
final class SpecialStrings {
    private record Spelling(String special, String mark, String alias) {}

    private final List<Spelling> spellings;

    SpecialStrings(List<String> specials, RandomGenerator random) {
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        String hex = HexFormat.of().formatHex(secret);
        // Longest first: if one spelling contains another, the longer one wins.
        List<String> ordered =
                specials.stream()
                        .filter(special -> !special.isEmpty())
                        .distinct()
                        .sorted(Comparator.comparing(String::length).reversed())
                        .toList();
        Map<String, Spelling> all = new LinkedHashMap<>();
        for (String special : ordered) {
            String number = hex + "-" + all.size();
            all.put(
                    special,
                    new Spelling(
                            special, "\uE000m" + number + "\uE001", "\uE000a" + number + "\uE001"));
        }
        this.spellings = List.copyOf(all.values());
    }

    /** Whether the text spells a special token. */
    boolean occurIn(String text) {
        return spellings.stream().anyMatch(spelling -> text.contains(spelling.special));
    }

    /** Replaces special spellings in a user's text by marks. */
    String mark(String text) {
        for (Spelling spelling : spellings) {
            text = text.replace(spelling.special, spelling.mark);
        }
        return text;
    }

    /** Converts a prompt rendered from marked texts for the tokenizer that knows the aliases. */
    String forAliases(String prompt) {
        for (Spelling spelling : spellings) {
            prompt = prompt.replace(spelling.special, spelling.alias);
        }
        for (Spelling spelling : spellings) {
            prompt = prompt.replace(spelling.mark, spelling.special);
        }
        return prompt;
    }

    /** The alias of a special spelling. Returns any other text unchanged. */
    String alias(String special) {
        return spellings.stream()
                .filter(spelling -> spelling.special.equals(special))
                .findFirst()
                .map(Spelling::alias)
                .orElse(special);
    }
}
