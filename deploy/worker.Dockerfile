# A worker on the CPU with the built-in model; mount others below /holt/models. Context: the repository's root.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -pl standalone -am -DskipTests -Dspotless.check.skip package

FROM eclipse-temurin:25-jre
WORKDIR /holt
COPY --from=build /src/standalone/target/lib /holt/lib
COPY --from=build /src/standalone/target/holt.jar /holt/holt.jar
COPY models/holt-chat /holt/models/holt-chat
# libtorch is unpacked there at the first start.
RUN mkdir /holt/data && chown 10001 /holt/data
# Threads that wait must not spin: containers share cores.
ENV GOMP_SPINCOUNT=0 OMP_WAIT_POLICY=passive
USER 10001
ENTRYPOINT ["sh", "-c", "exec java --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xmx1g -XX:+ExitOnOutOfMemoryError -Dholt.home=/holt -jar /holt/holt.jar worker --kafka \"$HOLT_KAFKA_BOOTSTRAP\" --s3 \"$HOLT_STORE_ENDPOINT\""]
