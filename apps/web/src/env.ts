import { resolve } from 'node:path'
import { z } from 'zod'

const urlOf = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `takes a URL that starts with ${protocols.join(' or ')}//`,
  })

/** Every setting of the dashboard: name, form, default. `.env.example` explains each. */
const SCHEMA = z.object({
  DATABASE_URL: urlOf('postgres:', 'postgresql:'),
  REDIS_URL: urlOf('redis:', 'rediss:'),
  WEB_HOST: z.string().min(1).default('127.0.0.1'),
  WEB_PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  /** What miners type as host; without it the page shows the host it was opened under. */
  STRATUM_PUBLIC_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:[\]-]+$/, { error: 'takes a host name or address, without scheme and port' })
    .optional(),
  /** Header in which a proxy says whose call it is; without it, the address of the connection counts. */
  WEB_CLIENT_ADDRESS_HEADER: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/i, { error: 'takes the name of a header, as x-forwarded-for' })
    .optional(),
  /** What the limits of calls a minute are multiplied by; 0 means none. */
  WEB_RATE_LIMIT_FACTOR: z.coerce.number().min(0).max(1_000).default(1),
  /** Where browsers find the dashboard; without it, the address that each of them asks for. */
  WEB_PUBLIC_URL: urlOf('http:', 'https:').optional(),
  /** Seals the second factors of operators in the database; made when it is first needed. */
  CONSOLE_KEY_FILE: z
    .string()
    .default('.headframe/console.key')
    .transform((path) => resolve(path)),
  /** Between a miner's word that he wants to be paid elsewhere and the first payout there. */
  PAYOUT_ADDRESS_DELAY_HOURS: z.coerce.number().int().min(0).max(720).default(72),
})

export type WebOptions = Readonly<z.output<typeof SCHEMA>>

/** All that is wrong with the environment, a line each, so that an operator mends it in one go. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The configuration cannot work:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Environment variables -> options. An empty variable counts as not set. Throws ConfigError. */
export function parseWebOptions(environment: Readonly<Record<string, string | undefined>>): WebOptions {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = SCHEMA.safeParse(given)
  if (result.success) return Object.freeze(result.data)
  throw new ConfigError(
    result.error.issues.map((issue) => {
      const name = issue.path.join('.')
      return given[name] === undefined ? `${name} is not set` : `${name}: ${issue.message}`
    }),
  )
}

export function loadWebOptions(): WebOptions {
  return parseWebOptions(process.env)
}

/** What the standalone server is started with: everything we have, and where to listen in the names it reads. */
export function serverEnvironment(options: WebOptions): Record<string, string | undefined> {
  return {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    HOSTNAME: options.WEB_HOST,
    PORT: String(options.WEB_PORT),
    // The server changes into a folder of its own.
    CONSOLE_KEY_FILE: options.CONSOLE_KEY_FILE,
  }
}

/** Whether `next dev` runs this. */
export function isDevelopment(): boolean {
  const { NODE_ENV } = process.env
  return NODE_ENV === 'development'
}
