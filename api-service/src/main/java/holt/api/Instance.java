package holt.api;

import holt.kafka.Topics;
import holt.protocol.InstanceId;
import holt.protocol.ReplyAddress;

/** This run of the API process: its id, and the partition of the replies on which it listens. */
public record Instance(InstanceId id, ReplyAddress address) {

    /** A new identity; two instances on one partition only read more, since the epoch tells their replies apart. */
    public static Instance draw() {
        InstanceId id = InstanceId.random();
        int partition = Math.floorMod(id.value().hashCode(), Topics.REPLY_PARTITIONS);
        return new Instance(id, new ReplyAddress(partition, id.value()));
    }
}
