import type { PayoutMode } from '../share/share.js'
import { MAX_DIFFICULTY, MIN_DIFFICULTY } from './format-difficulty.js'

/** How one listening port treats its miners. */
export interface StratumPort {
  readonly port: number
  readonly mode: PayoutMode
  /** What a session starts at. */
  readonly startDifficulty: number
  /** Bounds of vardiff and of what a miner may ask for. */
  readonly minDifficulty: number
  readonly maxDifficulty: number
  /** True: every session stays at `startDifficulty`. */
  readonly fixed: boolean
  /** Share rate that vardiff aims at. */
  readonly sharesPerMinute: number
  /** Miners speak Stratum inside TLS. */
  readonly tls: boolean
  /** Connections come through a proxy that says in a PROXY header whose they are; nobody else may connect. */
  readonly proxy: boolean
  /** A block's own coinbase pays the miners of the window, as far as there is room; for PPLNS alone. */
  readonly direct: boolean
}

const DEFAULT_START_DIFFICULTY = 1024
const DEFAULT_SHARES_PER_MINUTE = 12

type Setting = 'mode' | 'difficulty' | 'fixed' | 'min' | 'max' | 'shares-per-minute'
const SETTINGS: readonly Setting[] = ['mode', 'difficulty', 'fixed', 'min', 'max', 'shares-per-minute']

/** Settings that are a word alone. */
type Flag = 'tls' | 'proxy' | 'direct'
const FLAGS: readonly Flag[] = ['tls', 'proxy', 'direct']

interface PortWords {
  readonly settings: ReadonlyMap<Setting, string>
  readonly flags: ReadonlySet<Flag>
}

/**
 * Reads the ports' text form, one port behind each semicolon:
 * `3333 mode=pplns difficulty=1024 min=0.001 max=1e12 shares-per-minute=12; 3334 mode=solo fixed=1e-6 tls proxy`.
 * Everything but the number may be left out. Throws an Error that names the part and what it takes.
 */
export function parseStratumPorts(text: string): StratumPort[] {
  const ports = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parsePort)
  if (ports.length === 0) throw new Error('names no port; try "3333 mode=pplns"')
  const seen = new Set<number>()
  for (const { port } of ports) {
    if (seen.has(port)) throw new Error(`names port ${port} twice`)
    seen.add(port)
  }
  return ports
}

/** The text form, which `parseStratumPorts` reads back. */
export function formatStratumPorts(ports: readonly StratumPort[]): string {
  return ports.map(formatPort).join('; ')
}

function formatPort(port: StratumPort): string {
  const rate = `shares-per-minute=${port.sharesPerMinute}`
  const difficulty = port.fixed
    ? `fixed=${port.startDifficulty}`
    : `difficulty=${port.startDifficulty} min=${port.minDifficulty} max=${port.maxDifficulty}`
  const flags = FLAGS.filter((flag) => port[flag]).map((flag) => ` ${flag}`)
  return `${port.port} mode=${port.mode} ${difficulty} ${rate}${flags.join('')}`
}

function parsePort(part: string): StratumPort {
  const [number = '', ...words] = part.split(/\s+/)
  const port = Number(number)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`"${number}" is not a port number`)
  const { settings, flags } = parseWords(words)
  const mode = settings.get('mode') ?? 'pplns'
  if (mode !== 'pplns' && mode !== 'solo' && mode !== 'fpps')
    throw new Error(`port ${port}: mode is pplns, solo or fpps, not "${mode}"`)
  const fixed = settings.has('fixed')
  if (fixed && settings.has('difficulty'))
    throw new Error(`port ${port}: give difficulty= or fixed=, not both`)
  const difficulty = (name: Setting, fallback: number) =>
    parseDifficulty(port, name, settings.get(name), fallback)
  const startDifficulty = difficulty(fixed ? 'fixed' : 'difficulty', DEFAULT_START_DIFFICULTY)
  const minDifficulty = fixed ? startDifficulty : difficulty('min', MIN_DIFFICULTY)
  const maxDifficulty = fixed ? startDifficulty : difficulty('max', MAX_DIFFICULTY)
  if (minDifficulty > startDifficulty || startDifficulty > maxDifficulty) {
    throw new Error(`port ${port}: takes min <= difficulty <= max`)
  }
  const sharesPerMinute = Number(settings.get('shares-per-minute') ?? DEFAULT_SHARES_PER_MINUTE)
  if (!(sharesPerMinute > 0 && sharesPerMinute <= 6000)) {
    throw new Error(`port ${port}: shares-per-minute is above 0 and at most 6000`)
  }
  const [tls, proxy, direct] = FLAGS.map((flag) => flags.has(flag)) as [boolean, boolean, boolean]
  if (direct && mode !== 'pplns')
    throw new Error(`port ${port}: direct is for mode=pplns; solo pays its miner anyway`)
  const difficulties = { startDifficulty, minDifficulty, maxDifficulty, fixed, sharesPerMinute }
  return { port, mode, ...difficulties, tls, proxy, direct }
}

function parseWords(words: readonly string[]): PortWords {
  const settings = new Map<Setting, string>()
  const flags = new Set<Flag>()
  for (const word of words) {
    const flag = FLAGS.find((known) => known === word)
    const [name = '', value = ''] = word.split('=', 2)
    const setting = SETTINGS.find((known) => known === name)
    if (flag !== undefined) flags.add(flag)
    else if (setting !== undefined && value !== '') settings.set(setting, value)
    else {
      const choice = `${SETTINGS.join(', ')} as name=value, or ${FLAGS.join(', ')} alone`
      throw new Error(`"${word}" is not a setting; write one of ${choice}`)
    }
  }
  return { settings, flags }
}

function parseDifficulty(port: number, name: Setting, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback
  const difficulty = Number(text)
  if (!(difficulty >= MIN_DIFFICULTY && difficulty <= MAX_DIFFICULTY)) {
    throw new Error(`port ${port}: ${name} takes a number from 1e-9 to 2^53, not "${text}"`)
  }
  return difficulty
}
