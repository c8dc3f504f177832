import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { parseStratumPorts } from '@headframe/core/stratum/stratum-ports'
import { pino } from 'pino'
import { parseAddressList } from '../../src/address-list.js'
import { Listener, type ListenerModules, type ListenerOptions } from '../../src/stratum/listener.js'

export interface HeardPeer {
  readonly stream: Socket
  readonly remoteAddress: string
  readonly ticket: number
  /** Everything that has been read from the peer. */
  text: string
}

export interface OpenListener {
  readonly listener: Listener
  readonly port: number
  readonly peers: HeardPeer[]
  /** Tickets, counted from 1, of those who were admitted and never came in. */
  readonly lost: number[]
  /** Messages of the log with what stands beside them. */
  readonly logged: Record<string, unknown>[]
  close(): Promise<void>
}

type Given = Partial<Omit<ListenerOptions, 'port' | 'trustedProxies'> & ListenerModules> & {
  readonly trusted?: string
}

/** A listener on 127.0.0.1 whose peers are answered in upper case, as soon as they are in. */
export async function openListener(port: string, given: Given = {}): Promise<OpenListener> {
  const { trusted, host = '127.0.0.1', backlog, entryTimeoutMs, maxEntries, ...modules } = given
  const peers: HeardPeer[] = []
  const lost: number[] = []
  let tickets = 0
  const logged: Record<string, unknown>[] = []
  const log = pino(
    { level: 'trace' },
    { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) },
  )
  const listener = await Listener.open(
    {
      host,
      port: parseStratumPorts(port)[0]!,
      ...(trusted !== undefined && { trustedProxies: parseAddressList(trusted) }),
      ...(backlog !== undefined && { backlog }),
      ...(entryTimeoutMs !== undefined && { entryTimeoutMs }),
      ...(maxEntries !== undefined && { maxEntries }),
    },
    {
      log,
      monotonicMs: () => performance.now(),
      admit: () => ++tickets,
      onLost: (ticket) => lost.push(ticket),
      onPeer: (stream, remoteAddress, ticket) => {
        const peer = { stream, remoteAddress, ticket, text: '' }
        peers.push(peer)
        stream.on('error', () => stream.destroy())
        stream.on('data', (chunk: Buffer) => {
          peer.text += chunk.toString('latin1')
          stream.write(chunk.toString('latin1').toUpperCase())
        })
      },
      ...modules,
    },
  )
  return {
    listener,
    port: listener.port,
    peers,
    lost,
    logged,
    async close() {
      const closed = listener.close()
      for (const { stream } of peers) stream.destroy()
      await closed
    },
  }
}

/** A plain connection, ready to be written to; its errors are of no interest. */
export async function dial(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host, noDelay: true })
  await once(socket, 'connect')
  socket.on('error', () => undefined)
  return socket
}

/** Until as many connections as may be are on their way in, and the next is closed. */
export async function full(port: number): Promise<void> {
  await closed(await dial(port))
}

/** Reads until `length` characters have come; throws when the peer closes before. */
export async function read(stream: Socket, length: number): Promise<string> {
  let text = ''
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += (chunk as Buffer).toString('latin1')
    if (text.length >= length) return text
  }
  throw new Error(`closed after ${JSON.stringify(text)}`)
}

/** Until it is closed, by its end or by an error. */
export async function closed(socket: Socket): Promise<void> {
  socket.resume()
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
}
