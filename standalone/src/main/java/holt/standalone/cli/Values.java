package holt.standalone.cli;

import holt.protocol.ModelName;
import holt.standalone.hub.HubModel;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Checks and converts the values of options. */
final class Values {
    static final int DEFAULT_PORT = 1088;
    static final URI LOCAL_HOLT = URI.create("http://127.0.0.1:" + DEFAULT_PORT);

    private Values() {}

    /** The key that clients of a running Holt send; null for none. */
    static @Nullable String keyOf(Map<String, String> environment) {
        String key = environment.get("HOLT_API_KEY");
        return key == null ? environment.get("HOLT_ADMIN_KEY") : key;
    }

    /** The key of the operator; null for none. */
    static @Nullable String adminKeyOf(Map<String, String> environment) {
        return environment.get("HOLT_ADMIN_KEY");
    }

    static final class Port implements ITypeConverter<Integer> {
        /** Health and metrics take the port after the API's. */
        private static final int LAST = 65_534;

        @Override
        public Integer convert(String value) {
            return number(value, LAST);
        }
    }

    static final class Workers implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return number(value, 64);
        }
    }

    static final class Days implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            return Duration.ofDays(number(value, 3650));
        }
    }

    static final class Folder implements ITypeConverter<Path> {
        @Override
        public Path convert(String value) {
            Path folder = Path.of(value);
            if (!folder.toFile().isDirectory()) {
                throw wrong("an existing folder", value);
            }
            return folder;
        }
    }

    static final class Url implements ITypeConverter<URI> {
        private static final String EXPECTED = "a URL such as http://127.0.0.1:9000";

        @Override
        public URI convert(String value) {
            URI url;
            try {
                url = URI.create(value);
            } catch (IllegalArgumentException e) {
                throw wrong(EXPECTED, value);
            }
            if (url.getHost() == null
                    || !Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
                throw wrong(EXPECTED, value);
            }
            return url;
        }
    }

    static final class Brokers implements ITypeConverter<String> {
        private static final Pattern FORM =
                Pattern.compile("[^\\s:,]+:\\d{1,5}(,[^\\s:,]+:\\d{1,5})*");

        @Override
        public String convert(String value) {
            return matching(FORM, value, "HOST:PORT, several separated by commas");
        }
    }

    static final class Device implements ITypeConverter<String> {
        private static final Pattern FORM = Pattern.compile("auto|cpu|cuda:\\d{1,3}");

        @Override
        public String convert(String value) {
            return matching(FORM, value, "auto, cpu or cuda:N");
        }
    }

    static final class Model implements ITypeConverter<HubModel> {
        @Override
        public HubModel convert(String value) {
            return HubModel.parse(value)
                    .orElseThrow(() -> wrong("ORG/NAME[/FILE.gguf][@REVISION]", value));
        }
    }

    /** A model as requests name it. */
    static final class Served implements ITypeConverter<ModelName> {
        @Override
        public ModelName convert(String value) {
            try {
                return new ModelName(value);
            } catch (IllegalArgumentException e) {
                throw wrong("1-200 printable characters", value);
            }
        }
    }

    private static int number(String value, int most) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > most) {
            throw wrong("a number from 0 to " + most, value);
        }
        return Integer.parseInt(value);
    }

    private static String matching(Pattern form, String value, String expected) {
        if (!form.matcher(value).matches()) {
            throw wrong(expected, value);
        }
        return value;
    }

    private static TypeConversionException wrong(String expected, String value) {
        return new TypeConversionException("needs " + expected + ", not " + value);
    }
}
