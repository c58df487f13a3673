# One image for every process of the suite: `docker run signet <service> web|worker|relay|migrate`.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

# What browsers get. Node comes from PyPI, checked by its hashes, and stays in this stage.
FROM ${PYTHON_IMAGE} AS pages
WORKDIR /build/gateway/console
COPY gateway/console/requirements.txt gateway/console/package.json gateway/console/package-lock.json ./
RUN python3 -m venv /opt/node \
 && /opt/node/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary :all: --require-hashes -r requirements.txt \
 && PATH=/opt/node/bin:$PATH npm ci --no-audit --no-fund
COPY docs/openapi.json /build/docs/openapi.json
COPY gateway/console ./
RUN PATH=/opt/node/bin:$PATH npm run build

FROM ${PYTHON_IMAGE} AS build
COPY requirements.lock /build/
# The environment has no pip of its own; every package is checked against the hash in the lock file.
RUN python3 -m venv --without-pip /opt/venv \
 && python3 -m pip --python /opt/venv/bin/python3 install --no-cache-dir --disable-pip-version-check \
      --only-binary :all: --require-hashes -r /build/requirements.lock
COPY chassis /opt/signet/chassis
COPY contracts /opt/signet/contracts
COPY documents /opt/signet/documents
COPY gateway /opt/signet/gateway
COPY --from=pages /build/gateway/static /opt/signet/gateway/static
COPY services /opt/signet/services
COPY signet /opt/signet/signet
COPY LICENSE /opt/signet/
RUN echo /opt/signet > "$(/opt/venv/bin/python3 -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/signet.pth" \
 && rm -rf /opt/signet/gateway/console \
 && printf '#!/bin/sh\nexec /opt/venv/bin/python3 -m signet "$@"\n' > /opt/venv/bin/signet \
 && chmod 755 /opt/venv/bin/signet \
 && /opt/venv/bin/python3 -m compileall -q /opt/signet

FROM ${PYTHON_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Signet" \
      org.opencontainers.image.description="Self-hosted electronic signatures" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
RUN groupadd --gid 10001 signet && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin signet
COPY --from=build /opt/venv /opt/venv
COPY --from=build /opt/signet /opt/signet
# Only /tmp is written to: the root file system may be read-only.
ENV PATH=/opt/venv/bin:$PATH HOME=/tmp BIND=0.0.0.0 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
ENTRYPOINT ["signet"]
CMD ["--help"]
