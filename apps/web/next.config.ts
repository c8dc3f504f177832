import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

/** For every answer; pages get their content security policy, which has a nonce, from `src/proxy.ts`. */
const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // Forms without JavaScript are sent with `Origin: null` under a stricter one, and refused as those of another site.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
]

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
