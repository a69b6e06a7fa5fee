package holt.api.console;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.unit.DataSize;

/** The values of settings as one writes them, without secrets. */
final class SettingValues {
    static final String NONE = "none";
    private static final String HIDDEN = "set, not shown";

    private static final Pattern SECRET =
            Pattern.compile("(.*[.-])?(key|secret|password|passwd|token|credentials?|config)");

    /** User and password in a URL. */
    private static final Pattern USER = Pattern.compile("://[^/@]*@");

    private SettingValues() {}

    /** Adds the settings of a record, and of the records in it. */
    static void read(String prefix, Record settings, Map<String, String> values) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            Object value = get(component.getAccessor(), settings);
            if (value instanceof Record inner && inner.getClass().getName().startsWith("holt.")) {
                read(name, inner, values);
            } else if (value instanceof Map<?, ?> entries) {
                entries.forEach((key, entry) ->
                        values.put(name + "." + key, text(String.valueOf(key), entry)));
            } else {
                values.put(name, text(name, value));
            }
        }
    }

    private static @Nullable Object get(Method accessor, Object owner) {
        ReflectionUtils.makeAccessible(accessor);
        return ReflectionUtils.invokeMethod(accessor, owner);
    }

    private static String text(String name, @Nullable Object value) {
        if (value == null) {
            return NONE;
        }
        return SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches()
                ? HIDDEN
                : USER.matcher(text(value)).replaceAll("://…@");
    }

    private static String text(Object value) {
        return switch (value) {
            case Duration time -> text(time);
            case DataSize size -> text(size);
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            case Collection<?> all when all.isEmpty() -> NONE;
            case Collection<?> all ->
                    all.stream().map(String::valueOf).collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }

    private static String text(Duration time) {
        if (time.toMillis() % 1000 != 0) {
            return time.toMillis() + "ms";
        }
        long seconds = time.toSeconds();
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
    }

    private static String text(DataSize size) {
        long kilobyte = 1024;
        if (size.toBytes() % kilobyte != 0) {
            return size.toBytes() + "B";
        }
        return size.toKilobytes() % kilobyte == 0
                ? size.toMegabytes() + "MB"
                : size.toKilobytes() + "KB";
    }
}
