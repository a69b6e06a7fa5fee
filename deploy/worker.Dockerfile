# A worker from what ./holt or mvn has built, with the built-in models. Context: the repository's root.
FROM eclipse-temurin:25-jre
WORKDIR /holt
COPY standalone/target/lib lib
COPY standalone/target/holt.jar .
COPY models models
# Takes the unpacked native libraries.
RUN mkdir data && chown 1000:1000 data
USER 1000:1000
# The engine's threads must not spin while they wait.
ENV GOMP_SPINCOUNT=0 OMP_WAIT_POLICY=passive
# Weights lie outside of the JVM's heap. The exec form: SIGTERM reaches the JVM, which drains.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xms32m", "-Xmx1g", "-XX:+ExitOnOutOfMemoryError", \
            "--sun-misc-unsafe-memory-access=allow", "-Djava.awt.headless=true", "-Dholt.home=/holt", "-jar", "holt.jar", "worker"]
