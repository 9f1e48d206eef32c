# One image for every service: `docker run … edge`, `processor`, `api`, `migrate` and all that
# `aftersend help` names.
#
#   docker build -t aftersend .
#
# Every base can be replaced, also PROGRAM: a stage, or an image that has /opt/aftersend already.
ARG BUILD_IMAGE=maven:3.9.11-eclipse-temurin-25
ARG NODE_IMAGE=node:22.21-bookworm-slim
ARG BASE_IMAGE=eclipse-temurin:25-jre
ARG PROGRAM=build

FROM ${NODE_IMAGE} AS node

FROM ${BUILD_IMAGE} AS build
# The dashboard is built by npm.
COPY --from=node /usr/local/ /usr/local/
WORKDIR /src
COPY . .
RUN docker/assemble /opt/aftersend

FROM ${PROGRAM} AS program

FROM ${BASE_IMAGE}
ARG USER_ID=10001
ARG GROUP_ID=10001
COPY --from=program /opt/aftersend /opt/aftersend
# The only place that is written to, beside /tmp: mount a disk of its own here, and for an edge one
# that outlives the container.
RUN mkdir -p /var/lib/aftersend && chown "${USER_ID}:${GROUP_ID}" /var/lib/aftersend
VOLUME /var/lib/aftersend
WORKDIR /var/lib/aftersend
USER ${USER_ID}:${GROUP_ID}
# In a container, what listens must be reachable from outside of it; which ports are is decided by
# whoever runs it. The admin ports, 8081 and 8082, are for health checks and Prometheus only.
ENV PATH=/opt/aftersend/bin:$PATH \
    AFTERSEND_DATA_DIR=/var/lib/aftersend \
    AFTERSEND_EDGE_HOST=0.0.0.0 \
    AFTERSEND_EDGE_ADMIN_HOST=0.0.0.0 \
    AFTERSEND_PROCESSOR_ADMIN_HOST=0.0.0.0 \
    AFTERSEND_API_HOST=0.0.0.0
EXPOSE 8080 8443 8081 8082 8090
# It drains first, for which it needs up to 40 s.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["aftersend-health"]
ENTRYPOINT ["aftersend"]
CMD ["help"]
