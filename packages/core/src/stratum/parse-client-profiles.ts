import {
  DEFAULT_PROFILE_NAME,
  MAX_PATTERNS_PER_PROFILE,
  MAX_PROFILES,
  PROFILE_NAME,
  PROFILE_NUMBERS,
  type ClientProfile,
  type ClientProfileTable,
} from './client-profile.js'
import { problemOfPattern } from './user-agent-pattern.js'

type Fields = Readonly<Record<string, unknown>>

const MAX_NOTES_CHARS = 1_000
/** Longest piece of a wrong value that an error repeats. */
const SHOWN_CHARS = 60
const SETTINGS = [...Object.keys(PROFILE_NUMBERS), 'answersPing', 'oneMessagePerPacket', 'notes']

/**
 * Reads a document of client profiles and puts it in front of `base`:
 * `{"default": {setting: value}, "profiles": [{"name": "...", "userAgents": ["..."], setting: value}]}`.
 *
 * Both parts may be left out. The document's profiles are tried first, in their order; one that has the name of a
 * profile of `base` takes its place. A setting that is left out is that of the default. Throws an Error that names
 * the entry, its field and what it takes.
 */
export function parseClientProfiles(text: string, base: ClientProfileTable): ClientProfileTable {
  const document = readFields(parseJson(text), 'the document')
  refuseUnknown(document, ['default', 'profiles'], 'the document')
  const fallback = readDefault(document['default'], base.fallback)
  const entries = document['profiles'] ?? []
  if (!Array.isArray(entries)) throw wrong('profiles', 'a list', entries)
  const profiles = entries.map((entry, index) => readProfile(entry, index, fallback))
  const names = new Set<string>()
  for (const { name } of profiles) {
    if (names.has(name)) throw new Error(`profiles: "${name}" stands there twice`)
    names.add(name)
  }
  const table = { profiles: [...profiles, ...base.profiles.filter(({ name }) => !names.has(name))], fallback }
  if (table.profiles.length <= MAX_PROFILES) return table
  throw new Error(`profiles: ${table.profiles.length} with those that are built in; at most ${MAX_PROFILES}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`not valid JSON: ${(error as Error).message}`, { cause: error })
  }
}

function readDefault(value: unknown, base: ClientProfile): ClientProfile {
  if (value === undefined) return base
  const fields = readFields(value, 'default')
  refuseUnknown(fields, SETTINGS, 'default')
  return { ...base, ...readSettings(fields, 'default', base) }
}

function readProfile(value: unknown, index: number, fallback: ClientProfile): ClientProfile {
  const place = `profiles[${index}]`
  const fields = readFields(value, place)
  const { name } = fields
  if (typeof name !== 'string' || !PROFILE_NAME.test(name) || name === DEFAULT_PROFILE_NAME) {
    throw wrong(`${place}.name`, 'up to 40 lower-case letters, digits and dashes, but not "default"', name)
  }
  const entry = `${place} ("${name}")`
  refuseUnknown(fields, ['name', 'userAgents', ...SETTINGS], entry)
  const userAgents = readPatterns(fields['userAgents'], `${entry}.userAgents`)
  return { name, userAgents, ...readSettings(fields, entry, { ...fallback, notes: '' }) }
}

function readPatterns(value: unknown, place: string): readonly string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_PATTERNS_PER_PROFILE) {
    throw wrong(place, `a list of 1 to ${MAX_PATTERNS_PER_PROFILE} patterns`, value)
  }
  return value.map((pattern: unknown, index) => {
    if (typeof pattern !== 'string') throw wrong(`${place}[${index}]`, 'a text', pattern)
    const problem = problemOfPattern(pattern)
    if (problem !== null) throw new Error(`${place}[${index}] ${show(pattern)} ${problem}`)
    return pattern
  })
}

function readSettings(
  fields: Fields,
  place: string,
  fallback: ClientProfile,
): Omit<ClientProfile, 'name' | 'userAgents'> {
  const number = (name: keyof typeof PROFILE_NUMBERS) => readNumber(fields, name, place, fallback[name])
  const flag = (name: 'answersPing' | 'oneMessagePerPacket') => readFlag(fields, name, place, fallback[name])
  const { notes = fallback.notes } = fields
  if (typeof notes !== 'string' || notes.length > MAX_NOTES_CHARS) {
    throw wrong(`${place}.notes`, `a text of at most ${MAX_NOTES_CHARS} characters`, notes)
  }
  return {
    maxCoinbaseBytes: number('maxCoinbaseBytes'),
    minDifficulty: number('minDifficulty'),
    keepaliveSeconds: number('keepaliveSeconds'),
    answersPing: flag('answersPing'),
    oneMessagePerPacket: flag('oneMessagePerPacket'),
    extranonce2Bytes: number('extranonce2Bytes'),
    notes,
  }
}

function readFlag(fields: Fields, name: string, place: string, fallback: boolean): boolean {
  const value = fields[name] ?? fallback
  if (typeof value !== 'boolean') throw wrong(`${place}.${name}`, 'true or false', value)
  return value
}

function readNumber(
  fields: Fields,
  name: keyof typeof PROFILE_NUMBERS,
  place: string,
  fallback: number,
): number {
  const value = fields[name] ?? fallback
  const { min, max, isWhole } = PROFILE_NUMBERS[name]
  const isNumber = typeof value === 'number' && value >= min && value <= max
  if (isNumber && (!isWhole || Number.isInteger(value))) return value
  throw wrong(`${place}.${name}`, `a ${isWhole ? 'whole ' : ''}number from ${min} to ${max}`, value)
}

function readFields(value: unknown, place: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw wrong(place, 'an object', value)
}

/** A name that is not known is a slip of the pen, and silence would hide it. */
function refuseUnknown(fields: Fields, known: readonly string[], place: string): void {
  const unknown = Object.keys(fields).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new Error(`${place} has ${show(unknown)}; it takes ${known.join(', ')}`)
}

function wrong(place: string, wanted: string, value: unknown): Error {
  return new Error(`${place} takes ${wanted}, not ${value === undefined ? 'nothing' : show(value)}`)
}

function show(value: unknown): string {
  return JSON.stringify(value).slice(0, SHOWN_CHARS)
}
