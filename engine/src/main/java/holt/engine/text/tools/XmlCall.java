package holt.engine.text.tools;

import holt.engine.text.tools.HeldText.Match;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The beginning of a call as Qwen3-Coder writes it: a function and its parameters as elements. Some models write JSON in their place. */
final class XmlCall implements OpenCall {
    private static final Pattern FUNCTION = Pattern.compile("\\s*<function=([\\w.-]{1,64})>");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*<parameter=([^<>\\s]{1,200})>\\n?");
    private static final Pattern FUNCTION_END = Pattern.compile("\\s*</function>");
    private static final String PARAMETER_END = "</parameter>";

    private final CallFamily family;
    private final Map<String, Map<?, ?>> functions;
    private final HeldText held;
    private final int body;
    private final JsonCall json;
    private final Map<String, String> values = new LinkedHashMap<>();
    private @Nullable String function;
    private int read; // up to where
    private int searched; // for the end of a value, up to where

    /**
     * A call that begins in held text.
     *
     * @param functions schemas of their parameters, by their names
     * @param begin of the opener
     * @param body the end of the opener
     */
    XmlCall(
            CallFamily family,
            Map<String, Map<?, ?>> functions,
            HeldText held,
            int begin,
            int body) {
        this.family = family;
        this.functions = functions;
        this.held = held;
        this.body = body;
        this.json = new JsonCall(family, functions.keySet(), held, begin, body);
    }

    @Override
    public int malformedText() {
        return body;
    }

    @Override
    public Progress proceed(boolean last) {
        int start = held.afterSpace(body);
        if (start < held.length() && held.at(start) == '{') {
            return json.proceed(last);
        }
        Progress progress =
                switch (function == null ? findFunction() : Match.YES) {
                    case YES -> readParameters(last);
                    case NO -> new Progress.Malformed();
                    case UNCERTAIN -> new Progress.Uncertain();
                };
        return last && progress instanceof Progress.Uncertain ? new Progress.Malformed() : progress;
    }

    private Match findFunction() {
        Matcher begin = held.matcher(FUNCTION, body);
        Match match = HeldText.match(begin);
        if (match == Match.YES) {
            function = begin.group(1);
            read = begin.end();
        }
        return match;
    }

    private Progress readParameters(boolean last) {
        while (true) {
            Matcher end = held.matcher(FUNCTION_END, read);
            Match ended = HeldText.match(end);
            if (ended == Match.YES) {
                return OpenCall.close(family, held, end.end(), calls(), last);
            }
            Matcher parameter = held.matcher(PARAMETER, read);
            Match begun = HeldText.match(parameter);
            if (begun != Match.YES) {
                return ended == Match.UNCERTAIN || begun == Match.UNCERTAIN
                        ? new Progress.Uncertain()
                        : new Progress.Malformed();
            }
            int from = Math.max(parameter.end(), searched - PARAMETER_END.length());
            int valueEnd = held.indexOf(PARAMETER_END, from);
            if (valueEnd < 0) {
                searched = held.length();
                return new Progress.Uncertain();
            }
            String value = held.chars().subSequence(parameter.end(), valueEnd).toString();
            values.put(
                    parameter.group(1),
                    value.endsWith("\n") ? value.substring(0, value.length() - 1) : value);
            read = valueEnd + PARAMETER_END.length();
        }
    }

    private List<Piece.Call> calls() {
        String name = String.valueOf(function);
        String arguments = TypedArguments.json(values, functions.getOrDefault(name, Map.of()));
        return List.of(new Piece.Call(name, arguments, 0));
    }
}
