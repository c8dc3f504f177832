import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tls from 'node:tls'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { Home } from '../../src/sessions/home.js'
import type { Introduction } from '../../src/sessions/home-proof.js'
import { makeCertificate } from '../stratum/make-certificate.js'

export const HOME_PREFIX = 0x007
const FRONT_PREFIX = 0x008
const A_DAY_MS = 86_400_000

export async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'headframe-home-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

/** A process whose sessions have `prefix`. Every miner it gets is given to `onPeer`. */
export async function openHome(
  dataDir: string,
  prefix: number,
  onPeer: (stream: Socket, introduction: Introduction) => void,
): Promise<Home> {
  const home = await Home.open({ dataDir, prefix }, { log: pino({ level: 'silent' }), randomBytes, onPeer })
  onTestFinished(() => home.close())
  return home
}

export interface Front {
  /** A miner of his own connection. */
  readonly dial: () => Promise<Socket>
  /** What became of each miner, in the order of arrival. */
  readonly verdicts: boolean[]
  readonly streams: Socket[]
}

/**
 * Another process of the same host: it reads a miner's first packet and then tries to bring him home. One that it has
 * to serve itself gets every byte echoed behind `mine:`.
 */
export async function openFront(dataDir: string, withTls = false): Promise<Front> {
  const home = await openHome(dataDir, FRONT_PREFIX, (stream) => void stream.destroy())
  const [verdicts, streams]: [boolean[], Socket[]] = [[], []]
  const accept = (stream: Socket): void => {
    streams.push(stream)
    stream.on('error', () => undefined)
    stream.once('data', (received) => {
      const peer = {
        prefix: HOME_PREFIX,
        remoteAddress: stream.remoteAddress!,
        portNumber: 3333,
        answeredCount: 0,
        received,
      }
      void home.forward(stream, peer).then((isDone) => {
        verdicts.push(isDone)
        if (isDone) return
        stream.on('data', (bytes) => stream.write(bytes))
        stream.write('mine:')
        stream.write(received)
        stream.resume()
      })
    })
  }
  const { certPem: cert, keyPem: key } = makeCertificate('pool', Date.now() + A_DAY_MS)
  const server = withTls ? tls.createServer({ cert, key }, accept) : createServer(accept)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const stream of streams) stream.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const dial = async (): Promise<Socket> => {
    const miner = withTls
      ? tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
      : connect(port, '127.0.0.1')
    onTestFinished(() => void miner.destroy())
    miner.on('error', () => undefined)
    await once(miner, withTls ? 'secureConnect' : 'connect')
    return miner
  }
  return { dial, verdicts, streams }
}

/** Everything that a stream says, until `isEnough` or its end. */
export async function hear(stream: Socket, isEnough: (bytes: Buffer) => boolean): Promise<Buffer> {
  const chunks: Buffer[] = []
  return new Promise((resolve) => {
    const finish = (): void => {
      stream.off('data', take).off('end', finish).off('close', finish)
      resolve(Buffer.concat(chunks))
    }
    const take = (chunk: Buffer): void => {
      chunks.push(chunk)
      if (isEnough(Buffer.concat(chunks))) finish()
    }
    stream.on('data', take).on('end', finish).on('close', finish)
  })
}

export async function closed(stream: Socket): Promise<void> {
  if (!stream.closed) await new Promise((resolve) => stream.once('close', resolve))
}
