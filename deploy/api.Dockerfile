# The API service: no libtorch, no broker. Context: the repository's root.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -pl api-service -am -DskipTests -Dspotless.check.skip package \
        dependency:copy-dependencies -DincludeScope=runtime \
    && mkdir /app && cp api-service/target/api-service-*-SNAPSHOT.jar api-service/target/dependency/*.jar /app/

FROM eclipse-temurin:25-jre
COPY --from=build /app /holt/lib
ENV SERVER_ADDRESS=0.0.0.0
USER 10001
EXPOSE 1088
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-cp", "/holt/lib/*", "holt.api.ApiApplication"]
