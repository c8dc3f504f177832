import { defineConfig, env } from 'prisma/config'

/** Read by the Prisma CLI alone, through `scripts/prisma.mjs`; the product opens its database in `src/database.ts`. */
export default defineConfig({
  schema: 'schema',
  migrations: { path: 'migrations' },
  datasource: { url: env('DATABASE_URL') },
})
