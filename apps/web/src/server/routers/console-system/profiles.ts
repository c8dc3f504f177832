import { DEFAULT_PROFILE_NAME } from '@headframe/core/stratum/client-profile'
import { ruleFor } from '@headframe/core/stratum/profile-rule'
import { matchesPattern } from '@headframe/core/stratum/user-agent-pattern'
import { poolSettings, type Context } from '../../context'
import { readProfiles, type ProfilesReport } from '../../live/read-system'
import { operatorProcedure } from '../../trpc'
import { profilesSchema } from './profiles.schema'

const MAX_CLIENTS = 100

/** What is known of mining clients, and who of them is here. */
export const profiles = operatorProcedure(profilesSchema).query(({ ctx }) =>
  ctx.cache.get('console.profiles', () => read(ctx)),
)

async function read(context: Context) {
  const settings = await poolSettings(context)
  if (settings === undefined) return { known: false as const, why: 'not-reported' as const }
  const reports = await readProfiles(context.live.commands, settings.network, context.nowMs())
  return reports.known ? { known: true as const, value: merge(reports.value) } : reports
}

/** The newest tells which are in force; a change of the file reaches all within seconds. */
function merge(reports: readonly ProfilesReport[]) {
  const newest = reports.reduce((a, b) => (b.atMs > a.atMs ? b : a))
  const textOf = ({ profiles, rules }: ProfilesReport) => JSON.stringify({ profiles, rules })
  const clients = mergeClients(reports, newest)
  const listed = clients.slice(0, MAX_CLIENTS)
  const unlisted = sum(clients.slice(MAX_CLIENTS).map(({ sessions }) => sessions))
  return {
    processes: reports.length,
    hasFile: newest.hasFile,
    problem: reports.find(({ problem }) => problem !== undefined)?.problem,
    isUniform: reports.every((report) => textOf(report) === textOf(newest)),
    profiles: newest.profiles.map((profile) => ({
      ...profile,
      sessions: sum(reports.map(({ sessions }) => sessions[profile.name] ?? 0)),
      hits: sum(reports.map(({ hits }) => hits[profile.name] ?? 0)),
    })),
    clients: listed,
    others: unlisted + sum(reports.map(({ others }) => others)),
  }
}

function mergeClients(reports: readonly ProfilesReport[], newest: ProfilesReport) {
  const merged = new Map<string, ProfilesReport['clients'][number]>()
  for (const client of reports.flatMap(({ clients }) => clients)) {
    const key = `${client.profile} ${client.userAgent}`
    const sessions = (merged.get(key)?.sessions ?? 0) + client.sessions
    merged.set(key, { ...client, sessions })
  }
  return [...merged.values()]
    .sort((a, b) => b.sessions - a.sessions)
    .map((client) => ({ ...client, ...matchNow(newest, client.userAgent) }))
}

/** What a client that calls itself so would be given if it subscribed now, and by what. */
function matchNow({ rules, profiles: table }: ProfilesReport, userAgent: string) {
  const rule = ruleFor(rules, userAgent)
  if (rule !== undefined) return { pattern: rule.pattern, isRule: true, next: rule.profile }
  for (const { name, userAgents } of table) {
    const pattern = userAgents.find((each) => matchesPattern(each, userAgent))
    if (pattern !== undefined) return { pattern, isRule: false, next: name }
  }
  return { pattern: undefined, isRule: false, next: DEFAULT_PROFILE_NAME }
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)
