import { connect, type Socket } from 'node:net'
import { waitUntil } from '@headframe/local/wait-until'

const CONNECTING_AT_ONCE = 100
const OPEN_TIMEOUT_MS = 120_000
const HELLO = '"feed":"live"'
/** Longer than the piece of an event that two packets may cut. */
const KEPT_CHARACTERS = 64

/** Open pages, each with its stream of server-sent events, as bare sockets. */
export class LiveSubscribers {
  readonly #sockets: Socket[] = []
  #lost = 0
  #word = ''
  #heard = 0

  /** How many are connected and have been told that the feed is live. */
  #live = 0

  get lost(): number {
    return this.#lost
  }

  get live(): number {
    return this.#live
  }

  /** Until all of them have their stream. Throws when that takes too long. */
  async open(url: string, count: number): Promise<void> {
    const { hostname, port } = new URL(url)
    const head = `GET /api/v1/live HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept: text/event-stream\r\n\r\n`
    for (let opened = 0; opened < count; opened += CONNECTING_AT_ONCE) {
      const more = Math.min(CONNECTING_AT_ONCE, count - opened)
      for (let n = 0; n < more; n++) this.#sockets.push(this.#subscribe(Number(port), hostname, head))
      const areThere = (): Promise<boolean> => Promise.resolve(this.#live + this.#lost >= opened + more)
      await waitUntil(areThere, {
        what: `${opened + more} streams`,
        timeoutMs: OPEN_TIMEOUT_MS,
        intervalMs: 5,
      })
    }
  }

  /** Resolves when everybody has heard `topic`, or with those who have when it takes too long. */
  async hear(topic: string, timeoutMs: number): Promise<number> {
    this.#word = `"${topic}"`
    this.#heard = 0
    const haveHeard = (): Promise<boolean> => Promise.resolve(this.#heard >= this.#live - this.#lost)
    await waitUntil(haveHeard, { what: topic, timeoutMs, intervalMs: 1 }).catch(() => undefined)
    return this.#heard
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  #subscribe(port: number, host: string, head: string): Socket {
    const socket = connect(port, host, () => socket.write(head))
    let isLive = false
    let heard = ''
    let tail = ''
    socket.setEncoding('latin1').on('data', (text: string) => {
      const seen = tail + text
      tail = seen.slice(-KEPT_CHARACTERS)
      if (!isLive && seen.includes(HELLO)) {
        isLive = true
        this.#live++
      }
      if (this.#word !== '' && heard !== this.#word && seen.includes(this.#word)) {
        heard = this.#word
        this.#heard++
      }
    })
    socket.once('error', () => undefined)
    socket.once('close', () => this.#lost++)
    return socket
  }
}
