package holt.kafka;

import holt.protocol.ModelName;
import java.time.Duration;

/** The names of all topics. A queue's share group has the name of its topic. */
public final class Topics {
    public static final String WAITING = "holt.waiting";
    public static final String REPLIES = "holt.replies";
    public static final String EVENTS = "holt.events";
    public static final String COMMANDS = "holt.commands";
    public static final String SETTINGS = "holt.settings";
    public static final String WORKERS = "holt.workers";
    public static final String DEAD = "holt.dead";
    public static final String UNDELIVERED = "holt.undelivered";
    public static final String OWNERS = "holt.owners";

    /** An API instance reads one of them, chosen by the hash of its id. */
    public static final int REPLY_PARTITIONS = 64;

    public static final int EVENT_PARTITIONS = 4;
    public static final int WAITING_PARTITIONS = 8;

    private Topics() {}

    /** The queue of one model. It has one partition, so that each free slot sees the oldest job. */
    public static String queue(ModelName model) {
        return "holt.jobs." + model.slug();
    }

    /** The topics in which jobs wait for another attempt. All jobs of one topic wait equally long, so its oldest job is due first. */
    public enum Retry {
        SOON("holt.retry.1s", Duration.ofSeconds(1)),
        LATER("holt.retry.5s", Duration.ofSeconds(5)),
        LATEST("holt.retry.30s", Duration.ofSeconds(30));

        private final String topic;
        private final Duration delay;

        Retry(String topic, Duration delay) {
            this.topic = topic;
            this.delay = delay;
        }

        public String topic() {
            return topic;
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
