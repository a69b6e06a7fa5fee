# Packages the API service that ./holt or mvn has built. Build context: the repository root.
FROM eclipse-temurin:25-jre
WORKDIR /holt
COPY standalone/target/lib lib
COPY standalone/target/holt.jar .
# A volume that is mounted here belongs to the same user.
RUN mkdir data && chown 1000:1000 data
USER 1000:1000
EXPOSE 1088
# Exec form, so that SIGTERM reaches the JVM and Holt drains.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xms32m", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", \
            "--sun-misc-unsafe-memory-access=allow", "-Djava.awt.headless=true", "-jar", "holt.jar", "api"]
