# One image for the server and the workers.
# Not run where this was written (no container engine there): checked by reading, `docker compose config` and tests
# of the commands it runs.

FROM node:22-bookworm-slim AS frontend
WORKDIR /frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci
COPY frontend/ ./
RUN npm run build

FROM python:3.11-slim-bookworm AS python
WORKDIR /viva
COPY requirements.txt ./
# --no-deps: the lock file leaves out what a wheel names and never imports (see overrides.txt).
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --no-deps -r requirements.txt

# What runs candidates' programs, and nothing else: the languages, and the small server in front of bubblewrap.
FROM python:3.11-slim-bookworm AS sandbox
# No Java and no Rust: neither starts where an engine masks /proc, as engines do.
ARG LANGUAGES="nodejs gcc g++ golang-go ruby php-cli"
RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap libseccomp2 $LANGUAGES \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10002 programs
COPY --from=python /venv /venv
WORKDIR /viva
COPY providers providers
COPY --from=frontend /frontend/node_modules/esbuild frontend/node_modules/esbuild
COPY --from=frontend /frontend/node_modules/@esbuild frontend/node_modules/@esbuild
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER programs
EXPOSE 2000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:2000/api/v2/runtimes', timeout=4)"]
CMD ["python", "-m", "providers.sandbox.server", "--host", "0.0.0.0"]

FROM python:3.11-slim-bookworm
# bubblewrap and libseccomp2 for running candidates' programs where no other runner does (docs/sandbox.md); a CJK font
# for PDFs; tesseract for scans.
RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap fonts-noto-cjk libseccomp2 \
        tesseract-ocr tesseract-ocr-rus tesseract-ocr-kor \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 viva \
    && install -d -o viva -g viva /data
COPY --from=python /venv /venv
WORKDIR /viva
COPY . .
COPY --from=frontend /frontend/dist frontend/dist
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    HOST=0.0.0.0 \
    PORT=8000
RUN pybabel --quiet compile --directory locale --domain django \
    && DATA_DIR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build
USER viva
VOLUME /data
EXPOSE 8000
# It does not migrate (compose has `prepare` for that). What it waits for at its start are its children.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/readyz/', timeout=4)"]
# In exec form the server itself gets the engine's SIGTERM and closes its interviews.
CMD ["python", "manage.py", "serve"]
