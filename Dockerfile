FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE manifest.json ./
COPY guidance guidance
COPY docs/rules.md docs/wire.md docs/
RUN python -m venv /opt/guidance && /opt/guidance/bin/pip install --no-cache-dir -c constraints.txt .

FROM python:3.11-slim
COPY --from=build /opt/guidance /opt/guidance
RUN useradd --create-home --uid 10001 guidance && install -d -o guidance /data /run/guidance
USER guidance
WORKDIR /home/guidance
ENV PATH=/opt/guidance/bin:$PATH GUIDANCE_DATA=/data GUIDANCE_HOST=0.0.0.0 GUIDANCE_RUN_DIR=/run/guidance
EXPOSE 8710
HEALTHCHECK --interval=15s --timeout=3s CMD python -c "import urllib.request as r; r.urlopen('http://127.0.0.1:8710/healthz', timeout=2)"
CMD ["guidance", "serve"]
