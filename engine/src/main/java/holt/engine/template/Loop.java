package holt.engine.template;

import holt.engine.template.value.Call;
import holt.engine.template.value.Comparison;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code loop} variable of a {@code for} statement. */
final class Loop implements Value.Attributed {
    private final List<Value> items;
    private final int depth;
    private int index0;
    private @Nullable Value lastChecked;

    /** @param depth 1 for an outermost loop */
    Loop(List<Value> items, int depth) {
        this.items = items;
        this.depth = depth;
    }

    void moveTo(int index) {
        this.index0 = index;
    }

    int depth() {
        return depth;
    }

    /** The named attribute, or null when a loop has none of that name. */
    @Override
    public @Nullable Value attribute(String name) {
        return switch (name) {
            case "index" -> new Int(index0 + 1L);
            case "index0" -> new Int(index0);
            case "revindex" -> new Int(items.size() - index0);
            case "revindex0" -> new Int(items.size() - index0 - 1L);
            case "first" -> Value.of(index0 == 0);
            case "last" -> Value.of(index0 == items.size() - 1);
            case "length" -> new Int(items.size());
            case "depth" -> new Int(depth);
            case "depth0" -> new Int(depth - 1L);
            case "previtem" -> neighbour(index0 - 1, "there is no previous item");
            case "nextitem" -> neighbour(index0 + 1, "there is no next item");
            case "cycle" -> Call.function(this::cycle);
            case "changed" -> Call.function(this::changed);
            default -> null;
        };
    }

    @Override
    public String type() {
        return "loop";
    }

    private Value neighbour(int index, String otherwise) {
        return index >= 0 && index < items.size() ? items.get(index) : new Undefined(otherwise);
    }

    private Value cycle(Call call) {
        List<Value> choices = call.positional();
        if (choices.isEmpty()) {
            throw new EvaluationError("no items for cycling given");
        }
        return choices.get(index0 % choices.size());
    }

    private Value changed(Call call) {
        Value now = new TupleOf(call.positional());
        boolean changed = lastChecked == null || !Comparison.equal(lastChecked, now, call.budget());
        lastChecked = now;
        return Value.of(changed);
    }
}
