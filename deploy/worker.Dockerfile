# Packages the worker that ./holt or mvn has built, with the built-in models. Build context: the repository root.
FROM eclipse-temurin:25-jre
WORKDIR /holt
COPY standalone/target/lib lib
COPY standalone/target/holt.jar .
COPY models models
# The worker unpacks native libraries into data.
RUN mkdir data && chown 1000:1000 data
USER 1000:1000
# Idle engine threads must sleep, not spin.
ENV GOMP_SPINCOUNT=0 OMP_WAIT_POLICY=passive
# The heap limit leaves room for the weights, which lie outside the heap.
# Exec form, so that SIGTERM reaches the JVM and Holt drains.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xms32m", "-Xmx1g", "-XX:+ExitOnOutOfMemoryError", \
            "--sun-misc-unsafe-memory-access=allow", "-Djava.awt.headless=true", "-Dholt.home=/holt", "-jar", "holt.jar", "worker"]
