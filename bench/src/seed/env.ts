/** The one reader of the seed's environment. */
export function readSeedEnvironment(): {
  readonly databaseUrl: string | undefined
  readonly isProduction: boolean
} {
  const { DATABASE_URL, NODE_ENV } = process.env
  return { databaseUrl: DATABASE_URL, isProduction: NODE_ENV === 'production' }
}
