package holt.kafka;

import holt.protocol.ModelName;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The names of all topics of one installation. A group has the name of the topic that it reads.
 *
 * @param prefix begins each name, so that several installations can share a broker
 */
public record Topics(String prefix) {
    /** An API instance reads one of them, chosen by the hash of its id. */
    public static final int REPLY_PARTITIONS = 64;

    public static final int EVENT_PARTITIONS = 4;
    public static final int WAITING_PARTITIONS = 8;

    private static final int LONGEST_NAME = 249;
    private static final String QUEUES = "jobs.";

    /** Leaves room for the queue of every model. */
    static final int LONGEST_PREFIX = LONGEST_NAME - QUEUES.length() - ModelName.LONGEST_SLUG;

    /** Brokers take no topic for dead letters that begins with two underscores. */
    private static final Pattern VALID =
            Pattern.compile("(?!__)[a-zA-Z0-9._-]{1," + LONGEST_PREFIX + "}");

    /** @throws IllegalArgumentException that names the setting, if the broker would refuse names with this prefix */
    public Topics {
        if (!VALID.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "holt.kafka.topic-prefix: write 1 to %d of the characters a-z, A-Z, 0-9, '.', '_' and '-', without '__' at the beginning"
                            .formatted(LONGEST_PREFIX));
        }
    }

    /** The queue of one model. It has one partition, so that each free slot sees the oldest job. */
    public String queue(ModelName model) {
        return prefix + QUEUES + model.slug();
    }

    public String waiting() {
        return prefix + "waiting";
    }

    public String replies() {
        return prefix + "replies";
    }

    public String events() {
        return prefix + "events";
    }

    public String commands() {
        return prefix + "commands";
    }

    public String settings() {
        return prefix + "settings";
    }

    /** Only API instances write and read it. */
    public String keys() {
        return prefix + "keys";
    }

    /** What operators have ordered. Only API instances write and read it. */
    public String controls() {
        return prefix + "controls";
    }

    /** What operators have changed. Only API instances write and read it. */
    public String audit() {
        return prefix + "audit";
    }

    /** Only API instances write and read it. */
    public String usage() {
        return prefix + "usage";
    }

    public String workers() {
        return prefix + "workers";
    }

    public String dead() {
        return prefix + "dead";
    }

    public String undelivered() {
        return prefix + "undelivered";
    }

    public String owners() {
        return prefix + "owners";
    }

    /** What API instances tell each other about their waiting jobs. Only they write and read it. */
    public String line() {
        return prefix + "line";
    }

    public String retry(Retry retry) {
        return prefix + "retry." + retry.suffix;
    }

    /** A group without members, by which a process asks which settings of groups the broker knows. */
    String checkedGroup() {
        return prefix + "check";
    }

    /** The topics in which jobs wait for another attempt. All jobs of one topic wait equally long, so its oldest job is due first. */
    public enum Retry {
        SOON("1s", Duration.ofSeconds(1)),
        LATER("5s", Duration.ofSeconds(5)),
        LATEST("30s", Duration.ofSeconds(30));

        private final String suffix;
        private final Duration delay;

        Retry(String suffix, Duration delay) {
            this.suffix = suffix;
            this.delay = delay;
        }

        public Duration delay() {
            return delay;
        }

        /** The topic after that many attempts. Delays grow up to the longest. */
        public static Retry after(int attempts) {
            return values()[Math.min(attempts, values().length) - 1];
        }
    }
}
