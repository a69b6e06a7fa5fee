package holt.system.soak;

import holt.system.rig.http.ClientLog;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The streams that broke, and the faults in their lives. */
final class BrokenStreams {
    private final Map<ClientLog.Call, Set<Fault>> broken;

    BrokenStreams(List<ClientLog.Call> calls, List<FaultSpan> faults) {
        broken =
                calls.stream()
                        .filter(ClientLog.Call::isBrokenStream)
                        .collect(Collectors.toMap(call -> call, call -> in(call, faults)));
    }

    /** Those that only faults have touched that must not break a stream. */
    List<ClientLog.Call> withoutCause() {
        return broken.entrySet().stream()
                .filter(it -> !it.getValue().isEmpty())
                .filter(it -> Fault.HARMLESS_TO_STREAMS.containsAll(it.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many broke, by the faults in their lives. */
    @Override
    public String toString() {
        return new TreeMap<>(
                        broken.values().stream()
                                .collect(
                                        Collectors.groupingBy(
                                                Set::toString, Collectors.counting())))
                .toString();
    }

    private static Set<Fault> in(ClientLog.Call call, List<FaultSpan> faults) {
        Set<Fault> touched = EnumSet.noneOf(Fault.class);
        faults.stream()
                .filter(it -> it.touches(call.began(), call.ended()))
                .forEach(it -> touched.add(it.fault()));
        return touched;
    }
}
