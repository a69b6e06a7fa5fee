package holt.worker.remote;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The load of a vLLM, by its metrics in Prometheus's text format.
 *
 * @param running requests in its batch
 * @param waiting requests in its own queue
 * @param cacheTokens that its KV cache holds; 0: it does not say
 */
record VllmLoad(int running, int waiting, long cacheTokens) {
    private static final Pattern BLOCKS = Pattern.compile("[{,]num_gpu_blocks=\"(\\d{1,9})\"");
    private static final Pattern BLOCK_SIZE = Pattern.compile("[{,]block_size=\"(\\d{1,6})\"");

    /** Null if these are the metrics of another engine. */
    static @Nullable VllmLoad of(String metrics) {
        double running = -1;
        double waiting = 0;
        long cache = 0;
        // A vLLM of several replicas has a line for each.
        for (String line : metrics.lines().toList()) {
            if (is("vllm:num_requests_running", line)) {
                running = Math.max(running, 0) + value(line);
            } else if (is("vllm:num_requests_waiting", line)) {
                waiting += value(line);
            } else if (is("vllm:cache_config_info", line)) {
                cache += label(BLOCKS, line) * label(BLOCK_SIZE, line);
            }
        }
        return running < 0 ? null : new VllmLoad((int) running, (int) waiting, cache);
    }

    private static boolean is(String name, String line) {
        return line.startsWith(name)
                && line.length() > name.length()
                && (line.charAt(name.length()) == '{' || line.charAt(name.length()) == ' ');
    }

    private static double value(String line) {
        try {
            return Math.max(0, Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static long label(Pattern name, String line) {
        Matcher found = name.matcher(line);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
