import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import { describeReserve } from '@headframe/core/accounting/ruin'
import { problemOfPoolTag } from '@headframe/core/job/pool-tag'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { formatStratumPorts, parseStratumPorts } from '@headframe/core/stratum/stratum-ports'
import { parseAddressList } from './address-list.js'
import {
  limit,
  parsedBy,
  parseListenAddress,
  parseRelays,
  parseReserve,
  parseWallet,
  path,
  satoshis,
  textFor,
  urlOf,
  wholeNumber,
  withoutSlash,
} from './setting-forms.js'

const MAX_STRATUM_PROCESSES = 64

const isPoolTag = (text: string): boolean => problemOfPoolTag(text) === null
const poolTagProblem = (issue: { readonly input?: unknown }) => problemOfPoolTag(String(issue.input)) ?? ''

/** Every setting of the engine: name, form, default. `.env.example` explains each; `npm run config` prints them. */
const SCHEMA = z.object({
  DATA_DIR: z
    .string()
    .min(1)
    .default('.headframe')
    .transform((path) => resolve(path)),
  BITCOIND_URLS: parsedBy(parseBitcoinNodes),
  DATABASE_URL: urlOf('postgres:', 'postgresql:'),
  REDIS_URL: urlOf('redis:', 'rediss:'),
  POOL_ADDRESS: z.string().min(1),
  POOL_TAG: z.string().refine(isPoolTag, { error: poolTagProblem }).default('/Headframe/'),
  POOL_FEE_BASIS_POINTS: wholeNumber(0, 10_000).default(100),
  FINDER_BONUS_BASIS_POINTS: wholeNumber(0, 10_000).default(0),
  FPPS_RESERVE_BTC: parsedBy(parseReserve).optional(),
  FPPS_FEE_BASIS_POINTS: wholeNumber(1, 10_000).default(400),
  FPPS_FEE_BLOCKS: wholeNumber(1, 2_016).default(144),
  FPPS_CREDIT_MINUTES: wholeNumber(1, 1_440).default(60),
  DONATION_ADDRESS: z.string().optional(),
  DONATION_BASIS_POINTS: wholeNumber(0, 10_000).default(0),
  CANARY: z.enum(['on', 'off']).default('on'),
  CANARY_ADDRESS: z.string().optional(),
  PPLNS_WINDOW: wholeNumber(1, 1_000_000_000).default(4),
  DIRECT_WINDOW_MAX_AGE_SECONDS: wholeNumber(10, 86_400).default(600),
  STRATUM_HOST: z.string().default('0.0.0.0'),
  STRATUM_PORTS: z.string().default('3333 mode=pplns; 3334 mode=solo').pipe(parsedBy(parseStratumPorts)),
  STRATUM_TLS_CERT_FILE: path.optional(),
  STRATUM_TLS_KEY_FILE: path.optional(),
  STRATUM_TRUSTED_PROXIES: textFor(parseAddressList).optional(),
  STRATUM_PROFILES_FILE: path.optional(),
  STRATUM_PROCESSES: wholeNumber(1, MAX_STRATUM_PROCESSES).default(
    Math.min(availableParallelism(), MAX_STRATUM_PROCESSES),
  ),
  STRATUM_MAX_LINE_BYTES: wholeNumber(1_024, 1_048_576).default(16_384),
  STRATUM_MAX_OUTPUT_BYTES: wholeNumber(16_384, 67_108_864).default(262_144),
  STRATUM_HANDSHAKE_SECONDS: wholeNumber(1, 600).default(10),
  STRATUM_IDLE_SECONDS: wholeNumber(60, 604_800).default(7_200),
  STRATUM_MAX_MEMORY_MIB: limit.default(2_048),
  STRATUM_MAX_CONNECTIONS: limit.default(100_000),
  STRATUM_MAX_CONNECTIONS_PER_ADDRESS: limit.default(10_000),
  STRATUM_MAX_CONNECTIONS_PER_SUBNET: limit.default(20_000),
  STRATUM_MAX_NEW_CONNECTIONS_PER_SECOND: limit.default(100),
  STRATUM_MAX_MESSAGES_PER_SECOND: limit.default(2_000),
  STRATUM_MAX_MESSAGES_PER_SECOND_PER_ADDRESS: limit.default(10_000),
  STRATUM_MAX_TRANSACTION_BYTES_PER_SECOND_PER_ADDRESS: limit.default(1_048_576),
  STRATUM_MAX_SUBMITS_PER_SECOND: limit.default(1_000),
  STRATUM_MAX_SUBMITS_PER_SECOND_PER_MINER: limit.default(10_000),
  STRATUM_BAN_MIN_SUBMISSIONS: wholeNumber(10, 1_000_000).default(200),
  STRATUM_BAN_REJECT_PERCENT: wholeNumber(1, 100).default(50),
  STRATUM_BAN_HALF_LIFE_SECONDS: wholeNumber(10, 86_400).default(600),
  STRATUM_BAN_FAILED_HANDSHAKES: limit.default(0),
  STRATUM_BAN_FLOODS: limit.default(3),
  STRATUM_BAN_MINUTES: wholeNumber(0, 10_080).default(10),
  STRATUM_NEVER_BAN: textFor(parseAddressList).default('127.0.0.0/8, ::1'),
  JOB_MAX_AGE_SECONDS: wholeNumber(30, 86_400).default(600),
  LATE_SHARE_SECONDS: wholeNumber(0, 60).default(5),
  LATE_SHARES: z.enum(['credit', 'reject']).default('credit'),
  TEMPLATE_REFRESH_SECONDS: wholeNumber(1, 600).default(30),
  TEMPLATE_FEE_RISE_PERCENT: wholeNumber(1, 1_000).default(5),
  EMPTY_JOBS: z.enum(['on', 'off']).default('on'),
  TIP_MAX_SILENCE_SECONDS: wholeNumber(5, 3_600).default(90),
  PAYOUT_WALLET_URL: parsedBy(parseWallet).optional(),
  PAYOUT_SIGNING: z.enum(['wallet', 'operator']).default('wallet'),
  PAYOUT_EVERY_MINUTES: wholeNumber(1, 44_640).default(60),
  PAYOUT_THRESHOLD_SATS: satoshis.default(100_000n),
  PAYOUT_MINIMUM_SATS: satoshis.default(10_000n),
  PAYOUT_MAX_AGE_DAYS: limit.default(30),
  PAYOUT_MAX_OUTPUTS: wholeNumber(1, 2_000).default(500),
  PAYOUT_FEE_PAYER: z.enum(['pool', 'payees']).default('pool'),
  PAYOUT_FEE_TARGET_BLOCKS: wholeNumber(1, 1_008).default(6),
  PAYOUT_MAX_FEE_RATE: z.coerce.number().min(1).max(10_000).default(100),
  PAYOUT_BUMP_AFTER_MINUTES: limit.default(360),
  PAYOUT_CONFIRMATIONS: wholeNumber(1, 100).default(6),
  PAYOUT_DAILY_LIMIT_SATS: satoshis.default(0n),
  PAYOUT_APPROVAL_ABOVE_SATS: satoshis.optional(),
  METRICS_LISTEN: parsedBy(parseListenAddress).optional(),
  SETTLE_METRICS_LISTEN: parsedBy(parseListenAddress).optional(),
  SEGMENT_RETENTION_DAYS: wholeNumber(1, 36_500).default(365),
  PUBLIC_LOG_KEY_FILE: path.optional(),
  PUBLIC_LOG_EPOCH_SECONDS: wholeNumber(1, 86_400).default(3_600),
  WEB_PUBLIC_URL: urlOf('http:', 'https:').default('http://127.0.0.1:3000').transform(withoutSlash),
  ALERT_KEY_FILE: path.optional(),
  ALERT_SMTP_URL: urlOf('smtp:', 'smtps:').optional(),
  ALERT_MAIL_FROM: z.email().optional(),
  ALERT_TELEGRAM_URL: urlOf('https:', 'http:').default('https://api.telegram.org').transform(withoutSlash),
  ALERT_TELEGRAM_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, { error: 'takes the token of a bot, such as 123456789:AA...' })
    .optional(),
  ALERT_DISCORD_URL: urlOf('https:', 'http:').default('https://discord.com').transform(withoutSlash),
  ALERT_NTFY_URL: urlOf('https:', 'http:').default('https://ntfy.sh'),
  ALERT_NOSTR_RELAYS: textFor(parseRelays).optional(),
  ALERT_ALLOWED_NETWORKS: textFor(parseAddressList).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
})

export type Setting = keyof typeof SCHEMA.shape

/** Settings whose value holds a password. */
const SECRET_SETTINGS: readonly Setting[] = [
  'BITCOIND_URLS',
  'PAYOUT_WALLET_URL',
  'DATABASE_URL',
  'REDIS_URL',
  'ALERT_SMTP_URL',
  'ALERT_TELEGRAM_TOKEN',
]

export type EngineOptions = Readonly<z.output<typeof SCHEMA>>

/** All that is wrong with the environment, a line each, so that an operator mends it in one go. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'

  constructor(problems: readonly string[]) {
    super(`The configuration cannot work:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  }
}

/** Environment variables -> options. An empty variable counts as not set. Throws ConfigError. */
export function parseEngineOptions(environment: Readonly<Record<string, string | undefined>>): EngineOptions {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = SCHEMA.safeParse(given)
  if (result.success) {
    const problems = [
      ...problemsOfPorts(result.data),
      ...problemsOfPayout(result.data),
      ...problemsOfAlerts(result.data),
    ]
    if (problems.length > 0) throw new ConfigError(problems)
    return Object.freeze(result.data)
  }
  throw new ConfigError(
    result.error.issues.map((issue) => {
      const name = issue.path.join('.')
      return given[name] === undefined ? `${name} is not set` : `${name}: ${issue.message}`
    }),
  )
}

/** What a port needs of other settings and does not find there. */
function problemsOfPorts(options: EngineOptions): string[] {
  const { STRATUM_TLS_CERT_FILE, STRATUM_TLS_KEY_FILE, STRATUM_TRUSTED_PROXIES } = options
  const hasCertificate = STRATUM_TLS_CERT_FILE !== undefined && STRATUM_TLS_KEY_FILE !== undefined
  const problems: string[] = []
  for (const { port, tls, proxy } of options.STRATUM_PORTS) {
    if (tls && !hasCertificate) {
      const files = 'STRATUM_TLS_CERT_FILE and STRATUM_TLS_KEY_FILE'
      problems.push(`STRATUM_PORTS: port ${port} has tls; set ${files} to the PEM files of its certificate`)
    }
    if (proxy && STRATUM_TRUSTED_PROXIES === undefined) {
      const setting = 'STRATUM_TRUSTED_PROXIES'
      problems.push(
        `STRATUM_PORTS: port ${port} has proxy; list in ${setting} where its proxies connect from`,
      )
    }
  }
  return problems
}

/** What cannot be paid. Whether an address is one of the node's network is seen when the node has answered. */
function problemsOfPayout(options: EngineOptions): string[] {
  const { DONATION_ADDRESS, DONATION_BASIS_POINTS, POOL_FEE_BASIS_POINTS } = options
  const problems: string[] = []
  if ((DONATION_ADDRESS === undefined) !== (DONATION_BASIS_POINTS === 0)) {
    problems.push('DONATION_ADDRESS and DONATION_BASIS_POINTS: set both, or neither')
  }
  if (POOL_FEE_BASIS_POINTS + DONATION_BASIS_POINTS > 10_000) {
    problems.push('POOL_FEE_BASIS_POINTS and DONATION_BASIS_POINTS: more than 10000 together')
  }
  const fpps = options.STRATUM_PORTS.find(({ mode }) => mode === 'fpps')
  if (fpps !== undefined && options.FPPS_RESERVE_BTC === undefined) {
    const what = `STRATUM_PORTS: port ${fpps.port} pays each share whether or not a block is found`
    const bound = describeReserve(options.FPPS_FEE_BASIS_POINTS)
    problems.push(`${what}; set FPPS_RESERVE_BTC to what you hold for that: ${bound}`)
  }
  return problems
}

function problemsOfAlerts({ ALERT_SMTP_URL, ALERT_MAIL_FROM }: EngineOptions): string[] {
  const areBoth = (ALERT_SMTP_URL === undefined) === (ALERT_MAIL_FROM === undefined)
  return areBoth ? [] : ['ALERT_SMTP_URL and ALERT_MAIL_FROM: set both, or neither']
}

export function loadEngineOptions(): EngineOptions {
  return parseEngineOptions(process.env)
}

export interface SettingLine {
  readonly name: Setting
  /** As it would stand in the environment; passwords are left out; undefined when not set. */
  readonly value: string | undefined
  readonly isDefault: boolean
}

/** What is in force, for a person: each setting with its text and whether it was given. */
export function describeSettings(environment: Readonly<Record<string, string | undefined>>): SettingLine[] {
  const defaults = SCHEMA.partial().safeParse({})
  return (Object.keys(SCHEMA.shape) as Setting[]).map((name) => {
    const given = environment[name]
    if (given !== undefined && given !== '') {
      return {
        name,
        value: SECRET_SETTINGS.includes(name) ? withoutSecret(given) : given,
        isDefault: false,
      }
    }
    return { name, value: textOfDefault(defaults.data?.[name]), isDefault: true }
  })
}

export function loadSettingLines(): SettingLine[] {
  return describeSettings(process.env)
}

function textOfDefault(value: EngineOptions[Setting] | undefined): string | undefined {
  if (value === undefined) return undefined
  return typeof value === 'object'
    ? formatStratumPorts(value as EngineOptions['STRATUM_PORTS'])
    : String(value)
}

/** Passwords in URLs, and tokens of bots. */
function withoutSecret(text: string): string {
  return text.replace(/(\/\/[^\s/@:]*:)[^\s/@]+@/g, '$1***@').replace(/^(\d+:)[\w-]+$/, '$1***')
}
