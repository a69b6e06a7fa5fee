package holt.engine.text.streaming;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/** Decodes tokens to text in which some special tokens, the markers, are spelled out. */
public final class DecodeWithMarkers implements Function<long[], String> {
    private final Function<long[], String> decode;
    private final Map<Long, String> markers;

    /**
     * @param decode the text of token ids; it leaves out special tokens
     * @param markers the texts of special tokens by their ids
     */
    public DecodeWithMarkers(Function<long[], String> decode, Map<Long, String> markers) {
        this.decode = decode;
        this.markers = Map.copyOf(markers);
    }

    @Override
    public String apply(long[] ids) {
        if (Arrays.stream(ids).noneMatch(markers::containsKey)) {
            return decode.apply(ids);
        }
        StringBuilder text = new StringBuilder();
        int start = 0;
        for (int i = 0; i < ids.length; i++) {
            String marker = markers.get(ids[i]);
            if (marker != null) {
                text.append(decode.apply(Arrays.copyOfRange(ids, start, i))).append(marker);
                start = i + 1;
            }
        }
        return text.append(decode.apply(Arrays.copyOfRange(ids, start, ids.length))).toString();
    }
}
