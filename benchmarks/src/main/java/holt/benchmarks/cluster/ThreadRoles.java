package holt.benchmarks.cluster;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.TreeMap;

/** The CPU time of this process by the role of its threads, which their names show. Ended threads count as the JVM's. */
public final class ThreadRoles {
    private static final String JVM = "JVM: compiler, collector, ended threads";

    private ThreadRoles() {}

    /** Nanoseconds since the start of the process, by role. */
    public static Map<String, Long> cpu() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long[] ids = threads.getAllThreadIds();
        long[] times = threads.getThreadCpuTime(ids);
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        var roles = new TreeMap<String, Long>();
        long known = 0;
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && times[i] > 0) {
                roles.merge(role(infos[i].getThreadName()), times[i], Long::sum);
                known += times[i];
            }
        }
        roles.merge(JVM, system.getProcessCpuTime() - known, Long::sum);
        return roles;
    }

    public static String role(String thread) {
        if (thread.contains("network-thread-")) {
            return "broker: network";
        }
        if (thread.contains("request-handler")) {
            return "broker: request handlers";
        }
        if (thread.contains("coordinator")
                || thread.contains("ersister")
                || thread.contains("SharePartition")
                || thread.contains("eaper")) {
            return "broker: coordinators, share state, timers";
        }
        if (thread.startsWith("kafka-producer-network-thread")) {
            return "Kafka producers' network";
        }
        if (thread.startsWith("consumer_background_thread")) {
            return "share consumers' network";
        }
        if (thread.startsWith("ForkJoinPool")) {
            return "virtual threads (handlers)";
        }
        if (thread.endsWith("slot")) {
            return "slots";
        }
        if (thread.startsWith("follow-") && thread.contains("replies")) {
            return "follower of replies";
        }
        if (thread.startsWith("follow-") && thread.contains("events")) {
            return "follower of events";
        }
        if (thread.startsWith("http-nio")) {
            return "Tomcat's poller and acceptor";
        }
        return thread.startsWith("client-") ? "client's threads" : "other";
    }
}
