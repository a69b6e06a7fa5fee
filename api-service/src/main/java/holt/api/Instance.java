package holt.api;

import holt.kafka.Topics;
import holt.protocol.InstanceId;
import holt.protocol.ReplyAddress;

/** One run of the API process: its id, and the address to which workers send its replies. */
public record Instance(InstanceId id, ReplyAddress address) {

    /** Draws a new id. Two instances may share a reply partition: the epoch in each reply names the right one. */
    public static Instance draw() {
        InstanceId id = InstanceId.random();
        int partition = Math.floorMod(id.value().hashCode(), Topics.REPLY_PARTITIONS);
        return new Instance(id, new ReplyAddress(partition, id.value()));
    }
}
