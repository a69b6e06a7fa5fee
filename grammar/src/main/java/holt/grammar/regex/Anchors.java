package holt.grammar.regex;

import holt.grammar.refusal.RefusedConstraintException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns an expression that is searched for in a text into one that matches the whole text. Anchors may stand at the outer
 * ends only.
 */
final class Anchors {
    private static final Regex ANYTHING = Regex.any(new Regex.Chars(CharSet.ALL));

    private final String pointer;

    private Anchors(String pointer) {
        this.pointer = pointer;
    }

    /** The expression for texts that contain a match. */
    static Regex search(Regex regex, String pointer) {
        return new Anchors(pointer).wrap(regex);
    }

    /** The expression for texts that are a match. */
    static Regex whole(Regex regex, String pointer) {
        return new Anchors(pointer).strip(regex);
    }

    private Regex wrap(Regex regex) {
        List<Regex> options = new ArrayList<>();
        for (Regex option : options(regex)) {
            List<Regex> parts = parts(option);
            boolean starts = !parts.isEmpty() && parts.getFirst() instanceof Regex.Start;
            boolean ends = !parts.isEmpty() && parts.getLast() instanceof Regex.End;
            List<Regex> all = new ArrayList<>();
            if (!starts) {
                all.add(ANYTHING);
            }
            all.add(strip(option));
            if (!ends) {
                all.add(ANYTHING);
            }
            options.add(new Regex.Sequence(all));
        }
        return new Regex.Either(options);
    }

    private Regex strip(Regex regex) {
        List<Regex> options = new ArrayList<>();
        for (Regex option : options(regex)) {
            List<Regex> parts = new ArrayList<>(parts(option));
            while (!parts.isEmpty() && parts.getFirst() instanceof Regex.Start) {
                parts.removeFirst();
            }
            while (!parts.isEmpty() && parts.getLast() instanceof Regex.End) {
                parts.removeLast();
            }
            parts.forEach(this::refuseAnchors);
            options.add(new Regex.Sequence(parts));
        }
        return new Regex.Either(options);
    }

    private void refuseAnchors(Regex regex) {
        switch (regex) {
            case Regex.Start _, Regex.End _ ->
                    throw new RefusedConstraintException(
                            pointer, "^ and $ are supported at the ends of the expression only");
            case Regex.Chars _ -> {}
            case Regex.Sequence(List<Regex> parts) -> parts.forEach(this::refuseAnchors);
            case Regex.Either(List<Regex> options) -> options.forEach(this::refuseAnchors);
            case Regex.Repeat(Regex part, _, _) -> refuseAnchors(part);
        }
    }

    /** The alternatives at the top, also those in a group around all. */
    private static List<Regex> options(Regex regex) {
        if (regex instanceof Regex.Sequence(List<Regex> parts) && parts.size() == 1) {
            return options(parts.getFirst());
        }
        if (regex instanceof Regex.Either(List<Regex> options)) {
            return options.stream().flatMap(option -> options(option).stream()).toList();
        }
        return List.of(regex);
    }

    private static List<Regex> parts(Regex regex) {
        return regex instanceof Regex.Sequence(List<Regex> parts) ? parts : List.of(regex);
    }
}
