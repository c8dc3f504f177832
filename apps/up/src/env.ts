/** The one reader of this package's environment. */

/** What the person who starts `up` already has. Empty counts as not set. */
export interface GivenServices {
  readonly databaseUrl: string | undefined
  readonly redisUrl: string | undefined
  readonly bitcoindUrls: string | undefined
  readonly poolAddress: string | undefined
}

function given(name: string): string | undefined {
  const value = process.env[name]
  return value === '' ? undefined : value
}

export function givenServices(): GivenServices {
  return {
    databaseUrl: given('DATABASE_URL'),
    redisUrl: given('REDIS_URL'),
    bitcoindUrls: given('BITCOIND_URLS'),
    poolAddress: given('POOL_ADDRESS'),
  }
}

/** Whether a reserve is declared, without which nobody may promise pay by FPPS. */
export function hasFppsReserve(): boolean {
  return given('FPPS_RESERVE_BTC') !== undefined
}

/**
 * What a child is started with: everything of ours, then its settings. A setting of `defaults` yields to one that
 * is set in the environment; one of `fixed` does not.
 */
export function childEnvironment(
  fixed: Readonly<Record<string, string | undefined>>,
  defaults: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const own = Object.entries(defaults).filter(([name]) => given(name) === undefined)
  return { ...process.env, ...Object.fromEntries(own), ...fixed }
}

/** Whether the parent process is npm's shell, and not a person's. */
export function isStartedByNpm(): boolean {
  return given('npm_lifecycle_event') !== undefined
}
