package holt.system.rig;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Clients that ask one thing after the other until they are told to stop. Each chooses an API instance that says it is ready; where the
 * connection is refused it chooses again, as a load balancer does.
 */
public final class Load implements AutoCloseable {
    /** Who is refused waits that long. */
    private static final Duration MANNERS = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final Chat chat;
    private final IntFunction<String> script;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private final List<ClientLog.Told> failures = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;
    private long lastAnswer = System.nanoTime();
    private Duration longestGap = Duration.ZERO;

    /** @param script of the request with that number, without its nonce */
    public Load(Cluster cluster, Chat chat, int clients, IntFunction<String> script) {
        this.cluster = cluster;
        this.chat = chat;
        this.script = script;
        for (int i = 0; i < clients; i++) {
            this.clients.add(Thread.ofVirtual().name("client").start(this::askOn));
        }
    }

    public int asked() {
        return asked.get();
    }

    public int answered() {
        return answered.get();
    }

    /** Returns when every client has its last answer. */
    @Override
    public void close() {
        stopped = true;
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What was told to those who were not answered. */
    public List<ClientLog.Told> failures() {
        return failures;
    }

    /** Between two answers, to whomever. */
    public synchronized Duration longestGap() {
        return longestGap;
    }

    private synchronized void gap() {
        long now = System.nanoTime();
        longestGap = Collections.max(List.of(longestGap, Duration.ofNanos(now - lastAnswer)));
        lastAnswer = now;
    }

    private void askOn() {
        while (!stopped) {
            int number = asked.getAndIncrement();
            ask("nonce=n" + number + " " + script.apply(number));
        }
    }

    private void ask(String script) {
        while (true) {
            List<Cluster.Api> ready = cluster.apis().stream().filter(chat::isReady).toList();
            if (!ready.isEmpty()) {
                var api = ready.get(ThreadLocalRandom.current().nextInt(ready.size()));
                ClientLog.Told told = chat.tell(api.url(), script).join();
                if (told.wentWell()) {
                    answered.incrementAndGet();
                    gap();
                } else if (!told.refusedConnection()) {
                    failures.add(told);
                }
                if (told.status() == 429 || told.status() == 503) {
                    Outage.of(MANNERS).sitOut();
                }
                if (!told.refusedConnection()) {
                    return;
                }
            }
        }
    }
}
