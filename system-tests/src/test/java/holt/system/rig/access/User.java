package holt.system.rig.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Who logs in to the brokers. */
public enum User {
    /** The API instances. */
    API("holt-api"),

    /** The workers. */
    WORKER("holt-worker"),

    /** The test, and the brokers among themselves. It may do everything. */
    ADMIN("admin");

    private static final String PREFIX = "HOLT_KAFKA_CLIENT_";

    private final String userName;

    User(String userName) {
        this.userName = userName;
    }

    /** How a user proves who it is. */
    public enum Mechanism {
        PLAIN("PLAIN", "plain.PlainLoginModule"),
        SCRAM("SCRAM-SHA-256", "scram.ScramLoginModule");

        private final String sasl;
        private final String module;

        Mechanism(String sasl, String module) {
            this.sasl = sasl;
            this.module = "org.apache.kafka.common.security." + module;
        }
    }

    /** The login of the brokers among themselves, with the passwords of all users for PLAIN. */
    public static String brokersOwnLogin() {
        String users =
                Arrays.stream(values())
                        .map(user -> " user_%s=\"%s\"".formatted(user.userName, user.password()))
                        .collect(Collectors.joining());
        return ADMIN.jaas(Mechanism.PLAIN, users);
    }

    public String userName() {
        return userName;
    }

    public String password() {
        return userName + "-secret";
    }

    /** As ACLs name the user. */
    public String principal() {
        return "User:" + userName;
    }

    /** Settings of a Kafka client. */
    public Map<String, String> login(Mechanism mechanism) {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                mechanism.sasl,
                "sasl.jaas.config",
                jaas(mechanism, ""));
    }

    /** The same settings as environment variables of a Holt process, each {@code NAME=value}. */
    public String[] environment(Mechanism mechanism) {
        return login(mechanism).entrySet().stream()
                .map(setting ->
                        PREFIX
                                + setting.getKey().replace('.', '_').toUpperCase(Locale.ROOT)
                                + "="
                                + setting.getValue())
                .toArray(String[]::new);
    }

    /** The login that {@link #environment} describes; empty if there is none. */
    public static Map<String, String> loginIn(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(PREFIX))
                .collect(
                        Collectors.toMap(
                                variable ->
                                        variable.getKey()
                                                .substring(PREFIX.length())
                                                .replace('_', '.')
                                                .toLowerCase(Locale.ROOT),
                                Map.Entry::getValue));
    }

    private String jaas(Mechanism mechanism, String users) {
        return "%s required username=\"%s\" password=\"%s\"%s;"
                .formatted(mechanism.module, userName, password(), users);
    }
}
