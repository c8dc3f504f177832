# One image for the pool's three programs; docker-compose.yml says which runs where.

FROM node:20-bookworm-slim AS build
WORKDIR /headframe
ENV CHECKPOINT_DISABLE=1 NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1
# For the addons that hash shares and send jobs.
RUN apt-get -q update && apt-get -qy install --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
COPY apps/engine/package.json apps/engine/
COPY apps/up/package.json apps/up/
COPY apps/web/package.json apps/web/
COPY bench/package.json bench/
COPY e2e/package.json e2e/
COPY packages/core/package.json packages/core/
COPY packages/db/package.json packages/db/
COPY packages/local/package.json packages/local/
COPY packages/miner/package.json packages/miner/
COPY packages/verify/package.json packages/verify/
COPY packages/send-many/package.json packages/send-many/
COPY packages/sha256/package.json packages/sha256/
RUN npm ci
COPY . .
RUN npx turbo run build --filter=@headframe/engine... --filter=@headframe/web...
# What the engine needs at run time and nothing else; the dashboard brings its own copy of what it needs.
RUN npm ci --omit=dev --workspace=@headframe/engine --include-workspace-root=false

FROM node:20-bookworm-slim
WORKDIR /headframe
ENV NODE_ENV=production DATA_DIR=/data
RUN mkdir /data && chown node:node /data
COPY --from=build /headframe/package.json ./
COPY --from=build /headframe/node_modules node_modules
COPY --from=build /headframe/packages/core/package.json packages/core/
COPY --from=build /headframe/packages/core/dist packages/core/dist
COPY --from=build /headframe/packages/send-many/package.json packages/send-many/
COPY --from=build /headframe/packages/send-many/dist packages/send-many/dist
COPY --from=build /headframe/packages/send-many/build packages/send-many/build
COPY --from=build /headframe/packages/sha256/package.json packages/sha256/
COPY --from=build /headframe/packages/sha256/dist packages/sha256/dist
COPY --from=build /headframe/packages/sha256/build packages/sha256/build
COPY --from=build /headframe/packages/db/package.json packages/db/
COPY --from=build /headframe/packages/db/dist packages/db/dist
COPY --from=build /headframe/packages/db/prisma packages/db/prisma
COPY --from=build /headframe/apps/engine/package.json apps/engine/
COPY --from=build /headframe/apps/engine/dist apps/engine/dist
COPY --from=build /headframe/apps/web/scripts/web.mjs apps/web/scripts/
COPY --from=build /headframe/apps/web/.next/standalone apps/web/.next/standalone
USER node
VOLUME /data
CMD ["node", "apps/engine/dist/serve.js"]
