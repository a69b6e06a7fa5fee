# The API service from what ./holt or mvn has built. Context: the repository's root.
FROM eclipse-temurin:25-jre
WORKDIR /holt
COPY standalone/target/lib lib
COPY standalone/target/holt.jar .
USER 1000:1000
EXPOSE 1088
# The exec form: SIGTERM reaches the JVM, which drains.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xms32m", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", \
            "--sun-misc-unsafe-memory-access=allow", "-Djava.awt.headless=true", "-jar", "holt.jar", "api"]
