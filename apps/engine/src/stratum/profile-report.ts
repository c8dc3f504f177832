import { formatDifficulty } from '@headframe/core/stratum/format-difficulty'
import type { ClientProfile, ClientProfileTable } from '@headframe/core/stratum/client-profile'
import type { ProfileRule } from '@headframe/core/stratum/profile-rule'
import type { ProcessReport } from '../live/read-processes.js'
import { textTable } from '../text-table.js'

/** A profile, and how many clients were given it; undefined when the table here does not have what is counted. */
interface ProfileLine {
  readonly name: string
  readonly profile: ClientProfile | undefined
  readonly hits: number
}

/** The rules and profiles of a pool in the order in which they are tried, with the hits of all its processes. */
export interface ProfileReport {
  readonly processes: number
  readonly rules: readonly ProfileRule[]
  readonly lines: readonly ProfileLine[]
}

export function reportProfiles(
  { profiles, fallback }: ClientProfileTable,
  processes: readonly ProcessReport[],
  rules: readonly ProfileRule[],
): ProfileReport {
  const hits = new Map<string, number>()
  for (const { profileHits } of processes) {
    for (const [name, count] of Object.entries(profileHits)) hits.set(name, (hits.get(name) ?? 0) + count)
  }
  const known = [...profiles, fallback].map((profile) => lineOf(profile.name, profile, hits))
  const names = new Set(known.map(({ name }) => name))
  const unknown = [...hits.keys()].filter((name) => !names.has(name))
  return {
    processes: processes.length,
    rules,
    lines: [...known, ...unknown.map((name) => lineOf(name, undefined, hits))],
  }
}

const lineOf = (name: string, profile: ClientProfile | undefined, hits: ReadonlyMap<string, number>) => ({
  name,
  profile,
  hits: hits.get(name) ?? 0,
})

const HEADINGS = ['PROFILE', 'USER AGENTS', 'COINBASE', 'MIN DIFFICULTY', 'KEEPALIVE', 'HITS']
const FOREIGN = 'Of a profile with ? nothing is known here: STRATUM_PROFILES_FILE of a process is another.'

/** As a table for a person. */
export function formatProfiles({ processes, rules, lines }: ProfileReport): string {
  const table = textTable(HEADINGS, lines.map(cellsOf))
  const counted = `Hits are clients of ${processes} stratum ${processes === 1 ? 'process' : 'processes'} since each began.`
  const isForeign = lines.some(({ profile }) => profile === undefined)
  return [...formatRules(rules), table, '', counted, ...(isForeign ? [FOREIGN] : [])].join('\n')
}

function formatRules(rules: readonly ProfileRule[]): string[] {
  if (rules.length === 0) return []
  const table = textTable(
    ['RULE OF THE CONSOLE', 'PROFILE'],
    rules.map(({ pattern, profile }) => [pattern, profile]),
  )
  return [table, '']
}

function cellsOf({ name, profile, hits }: ProfileLine): string[] {
  if (profile === undefined) return [name, '?', '?', '?', '?', `${hits}`]
  const { userAgents, maxCoinbaseBytes, minDifficulty, keepaliveSeconds, answersPing } = profile
  return [
    name,
    userAgents.length === 0 ? 'all others' : userAgents.join(', '),
    `${maxCoinbaseBytes} B`,
    formatDifficulty(minDifficulty),
    `${keepaliveSeconds} s${answersPing ? ', pinged' : ''}`,
    `${hits}`,
  ]
}

/** As JSON for a program: each profile as its file would have it, and its hits. */
export function profilesAsJson({ processes, rules, lines }: ProfileReport): string {
  const profiles = lines.map(({ name, profile, hits }) => ({ ...(profile ?? { name }), hits }))
  return JSON.stringify({ processes, rules, profiles }, undefined, 2)
}
