import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  formatIntroduction,
  isWelcome,
  MAX_LINE_BYTES,
  NONCE_BYTES,
  type Introduction,
} from './home-proof.js'
import { joinStreams } from './join-streams.js'
import { readLine } from './read-line.js'

export interface ForwardOptions {
  readonly address: string
  readonly secret: string
  readonly randomBytes: (size: number) => Uint8Array
  /** How long a home may take to open its door. */
  readonly timeoutMs: number
}

/** A home that has just died is started again at once: it is asked this often within the time. */
const ATTEMPTS = 3

/**
 * Hands a miner over to the process at `address`, with the bytes he has sent already. True when the caller has nothing
 * more to do with the stream: it has been handed over, or the miner has gone. False when there is no such home; the
 * stream is then paused and as it was.
 *
 * Nobody else may read the stream meanwhile. The caller learns from the stream's `close` when the miner has left.
 */
export async function forwardHome(
  stream: Duplex,
  introduction: Introduction & { readonly received: Uint8Array },
  options: ForwardOptions,
): Promise<boolean> {
  stream.pause()
  // Nobody else hears of it, and an error that nobody hears ends the process; its close follows.
  stream.on('error', ignore)
  const atEnd = new AbortController()
  const giveUp = (): void => atEnd.abort()
  stream.once('close', giveUp)
  const timer = setTimeout(giveUp, options.timeoutMs)
  const home = await findHome(introduction, options, atEnd.signal)
  clearTimeout(timer)
  stream.off('close', giveUp)
  if (stream.destroyed) home?.destroy()
  if (stream.destroyed) return true
  stream.off('error', ignore)
  if (home === undefined) return false
  home.write(introduction.received)
  joinStreams(stream, home)
  return true
}

async function findHome(
  introduction: Introduction,
  options: ForwardOptions,
  signal: AbortSignal,
): Promise<Socket | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS && !signal.aborted; attempt++) {
    if (attempt > 0) await pause(options.timeoutMs / (ATTEMPTS + 1), signal)
    const home = await knock(introduction, options, signal)
    if (home !== undefined) return home
  }
  return undefined
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}

async function knock(
  introduction: Introduction,
  { address, secret, randomBytes }: ForwardOptions,
  signal: AbortSignal,
): Promise<Socket | undefined> {
  if (signal.aborted) return undefined
  const home = connect(address)
  const leave = (): void => void home.destroy()
  home.on('error', () => undefined)
  signal.addEventListener('abort', leave)
  const homeNonce = await readLine(home, MAX_LINE_BYTES)
  const nonce = Buffer.from(randomBytes(NONCE_BYTES)).toString('hex')
  if (homeNonce !== undefined) home.write(`${formatIntroduction(secret, homeNonce, nonce, introduction)}\n`)
  const welcome = homeNonce && (await readLine(home, MAX_LINE_BYTES))
  signal.removeEventListener('abort', leave)
  if (homeNonce && welcome && isWelcome(secret, homeNonce, nonce, welcome) && !home.destroyed) return home
  home.destroy()
  return undefined
}

const ignore = (): void => undefined
