import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'
import { SECURITY_HEADERS } from './src/server/security-headers'

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: repositoryRoot,
  turbopack: { root: repositoryRoot },
  // These run as they are published, from node_modules: the server must hold one copy of each.
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg', '@headframe/db', 'ioredis'],
  // `env.mjs` of the standalone server is not seen by the tracer, and validates with zod.
  outputFileTracingIncludes: {
    '/': ['../../node_modules/zod/**/*.js', '../../node_modules/zod/package.json'],
  },
  headers: () => Promise.resolve([{ source: '/:path*', headers: SECURITY_HEADERS }]),
  // Types are checked for all workspaces at once by `npm run check`.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
}

export default config
