# One image for all services; docker-compose.yml says which one a container runs. The sources run as
# they are; only the game instance is bundled, because a party should not wait for its process.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS sources
WORKDIR /opt/underlode
COPY package.json package-lock.json .npmrc ./
COPY packages packages
COPY services services
COPY bots/package.json bots/
COPY tui/package.json tui/

# A partial mirror of the registry lacks packages for other systems, which `npm ci` does not forgive.
FROM sources AS bundle
RUN npm ci --ignore-scripts || npm install --no-save --ignore-scripts
COPY tools tools
RUN node -e 'import("./tools/launch/bundle.ts").then(({ bundle }) => bundle("game-instance"))'

FROM sources AS modules
# Nothing that the services need is compiled at its installation. Node is that of the image.
RUN (npm ci --omit=dev --ignore-scripts || npm install --no-save --omit=dev --ignore-scripts) \
  && rm -rf node_modules/node-linux-* node_modules/@lydell node_modules/.bin/node

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
  UNDERLODE_METRICS_PORT=9464 \
  UNDERLODE_INSTANCE_ENTRY=/opt/underlode/game-instance.mjs
WORKDIR /opt/underlode
COPY --from=modules /opt/underlode .
COPY --from=bundle /opt/underlode/node_modules/.cache/underlode/game-instance.mjs .
USER node
EXPOSE 7780 9464
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.UNDERLODE_METRICS_PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "services/connection/src/main.ts"]
