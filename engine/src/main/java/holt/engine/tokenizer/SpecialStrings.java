package holt.engine.tokenizer;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The spellings of a tokenizer's special tokens, and two secret spellings for each.
 *
 * <p>What a user typed goes through the template under a <em>mark</em>, so that afterwards it can be told from what the
 * template wrote. Then the template's own spellings get their <em>alias</em>, the only name under which the second
 * tokenizer knows the token, and the marks become what the user typed: mere text. Both are drawn at random per process, so
 * nobody can type them.
 */
final class SpecialStrings {
    private record Spelling(String special, String mark, String alias) {}

    private final List<Spelling> spellings;

    SpecialStrings(List<String> specials, RandomGenerator random) {
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        String hex = HexFormat.of().formatHex(secret);
        // Longest first: where one spelling contains another, the longer one is meant.
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

    /** Puts marks where a user's text spells special tokens. */
    String mark(String text) {
        for (Spelling spelling : spellings) {
            text = text.replace(spelling.special, spelling.mark);
        }
        return text;
    }

    /** Turns a prompt rendered with marked texts into one for the tokenizer that knows the aliases. */
    String forAliases(String prompt) {
        for (Spelling spelling : spellings) {
            prompt = prompt.replace(spelling.special, spelling.alias);
        }
        for (Spelling spelling : spellings) {
            prompt = prompt.replace(spelling.mark, spelling.special);
        }
        return prompt;
    }

    /** The alias of a special token's spelling; any other text is returned as it is. */
    String alias(String special) {
        return spellings.stream()
                .filter(spelling -> spelling.special.equals(special))
                .findFirst()
                .map(Spelling::alias)
                .orElse(special);
    }
}
