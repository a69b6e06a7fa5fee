package holt.benchmarks.cluster;

import holt.kafka.KafkaClients;
import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.InstanceId;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes the events of jobs that never ran: three for each, and a fourth for one of twenty, which has a key. */
public final class EventGenerator implements AutoCloseable {
    /** So many other jobs begin while one runs: 5 s at 100 jobs a second. */
    private static final int OPEN = 500;

    private static final int MODELS = 20;
    private static final String ID = "0".repeat(32);

    private final String topic;
    private final KafkaProducer<String, byte[]> producer;
    private final List<Templates> templates;
    private long next;

    /** The events of a model's jobs, with zeros in place of the id. */
    private record Templates(String claimed, String accepted, String started, String finished) {
        private static Templates of(int model) {
            var job = new JobId(ID);
            var name = new ModelName("model-" + model);
            var instance = new InstanceId("1".repeat(32));
            var claim = new ClaimId("2".repeat(32));
            Instant deadline = Instant.now().plus(Duration.ofDays(1));
            return new Templates(
                    text(
                            new JobEvent.Claimed(
                                    job, name, Lane.NORMAL, instance, deadline, "3".repeat(32))),
                    text(new JobEvent.Accepted(job, name, Lane.NORMAL, instance, deadline)),
                    text(
                            new JobEvent.Started(
                                    job,
                                    name,
                                    Lane.NORMAL,
                                    claim,
                                    new WorkerId("4".repeat(32)),
                                    1,
                                    0,
                                    7)),
                    text(
                            new JobEvent.Finished(
                                    job,
                                    name,
                                    Lane.NORMAL,
                                    claim,
                                    new Outcome.ChatCompleted(
                                            "A short answer.",
                                            Outcome.FinishReason.STOP,
                                            new Outcome.Usage(20, 5)))));
        }

        private static String text(JobEvent event) {
            return new String(Codec.encode(event), StandardCharsets.UTF_8);
        }
    }

    public EventGenerator(KafkaClients clients) {
        topic = clients.topics().events();
        templates = IntStream.range(0, MODELS).mapToObj(Templates::of).toList();
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                clients.settings().bootstrap(),
                                ProducerConfig.LINGER_MS_CONFIG,
                                5,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                256 << 10),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    /** A generator of other jobs. */
    public static EventGenerator after(KafkaClients clients, long first) {
        var generator = new EventGenerator(clients);
        generator.next = first;
        return generator;
    }

    /** The id of a job: in no order, as Holt's are. */
    public static String id(long job) {
        var random = new SplittableRandom(job);
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    /** Writes the events of so many further jobs. The last ones stay open. */
    public void write(long jobs) {
        for (long end = next + jobs; next < end; next++) {
            begin(next);
            if (next >= OPEN) {
                end(next - OPEN);
            }
        }
    }

    /** Ends the open jobs, and waits until the broker has all events. */
    public void finish() {
        for (long job = Math.max(0, next - OPEN); job < next; job++) {
            end(job);
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void begin(long job) {
        Templates of = templates(job);
        String id = id(job);
        if (job % 20 == 0) {
            send(id, of.claimed);
        }
        send(id, of.accepted);
        send(id, of.started);
    }

    private void end(long job) {
        send(id(job), templates(job).finished);
    }

    private Templates templates(long job) {
        return templates.get((int) (job % MODELS));
    }

    private void send(String id, String event) {
        producer.send(
                new ProducerRecord<>(
                        topic, id, event.replace(ID, id).getBytes(StandardCharsets.ISO_8859_1)));
    }
}
