package holt.engine.text.constraint;

import holt.engine.tokenizer.TokenText;
import holt.grammar.CompileConstraint;
import holt.grammar.Constraint;
import holt.grammar.automaton.Grammar;
import holt.grammar.refusal.RefusedConstraintException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The constraints of one model. It keeps the compiled ones that were used last. Any thread may use it. */
public final class Constraints {
    private static final int MOST_GRAMMARS = 128;
    private static final int MOST_ANSWERS = 1024;

    /** A longer schema is not remembered, so that its text takes no memory. */
    private static final int LONGEST_REMEMBERED = 65_536;

    private final Function<Constraint, Grammar> compiler;
    private final int vocabulary;
    private final LongFunction<TokenText> text;
    private final Set<Long> endTokens;
    private final Map<Constraint, Grammar> grammars = newCache();
    private final Map<Constraint.JsonSchema, Boolean> supported = newCache();
    private @Nullable TokenMasks masks; // large, so only models that need it have it

    /**
     * @param vocabulary the number of the model's tokens
     * @param text of a token
     */
    public Constraints(int vocabulary, LongFunction<TokenText> text, Set<Long> endTokens) {
        this(vocabulary, text, endTokens, CompileConstraint::compile);
    }

    Constraints(
            int vocabulary,
            LongFunction<TokenText> text,
            Set<Long> endTokens,
            Function<Constraint, Grammar> compiler) {
        this.compiler = compiler;
        this.vocabulary = vocabulary;
        this.text = text;
        this.endTokens = endTokens;
    }

    /**
     * Compiles a constraint, unless it is known.
     *
     * @throws holt.grammar.refusal.RefusedConstraintException if it is invalid, unsupported or too large
     */
    public synchronized Compiled compile(Constraint constraint) {
        Grammar grammar = grammars.get(constraint);
        if (grammar == null) {
            grammar = compiler.apply(constraint);
            grammars.put(constraint, grammar);
            dropOldest(grammars, MOST_GRAMMARS);
        }
        if (masks == null) {
            masks = new TokenMasks(new TokenTrie(vocabulary, this::bytes));
        }
        return new Compiled(grammar, masks, endTokens);
    }

    /** Whether a schema can be compiled. Remembers the answers that were used last. */
    public synchronized boolean supports(Constraint.JsonSchema schema) {
        Boolean known = supported.get(schema);
        if (known != null) {
            return known;
        }
        boolean answer = compiles(schema);
        if (schema.schema().length() <= LONGEST_REMEMBERED) {
            supported.put(schema, answer);
            dropOldest(supported, MOST_ANSWERS);
        }
        return answer;
    }

    private boolean compiles(Constraint constraint) {
        try {
            var _ = compiler.apply(constraint);
            return true;
        } catch (RefusedConstraintException e) {
            return false;
        }
    }

    private static <K, V> Map<K, V> newCache() {
        return new LinkedHashMap<>(16, 0.75f, true);
    }

    private static <K> void dropOldest(Map<K, ?> cache, int most) {
        if (cache.size() > most) {
            cache.remove(cache.keySet().iterator().next());
        }
    }

    /** A constraint for the texts of one request. */
    public static final class Compiled {
        private final Grammar grammar;
        private final TokenMasks masks;
        private final Set<Long> endTokens;

        private Compiled(Grammar grammar, TokenMasks masks, Set<Long> endTokens) {
            this.grammar = grammar;
            this.masks = masks;
            this.endTokens = endTokens;
        }

        /** A new, empty text. */
        public ConstrainedText newText() {
            return new ConstrainedText(grammar, masks, endTokens);
        }
    }

    private byte @Nullable [] bytes(int token) {
        List<Integer> octets = text.apply(token).bytes();
        if (octets == null || endTokens.contains((long) token)) {
            return null;
        }
        byte[] bytes = new byte[octets.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = octets.get(i).byteValue();
        }
        return bytes;
    }
}
