import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A call that brought a block. */
export interface RecordedBlock {
  /** `performance.now()` when the first bytes of its body were here. */
  readonly firstByteAtMs: number
  /** Of the block, from the length of the call. */
  readonly bytes: number
}

const CALL = '"method":"submitblock"'
/** What stands around the block's hex in the body of a call, roughly. */
const FRAME_BYTES = 70

/**
 * A real node behind a door that notes when each block comes. Unless blocks are let through, they are answered with
 * `duplicate` and go no further, so that the node keeps its tip and its template stays full; everything else passes.
 */
export class RecordingNode {
  /** With the node's user and password, as the pool takes it. */
  readonly url: string
  readonly blocks: RecordedBlock[] = []
  letsThrough = false
  readonly #server: Server

  /** @param nodeUrl http://user:password@host:port */
  static async open(nodeUrl: string): Promise<RecordingNode> {
    const server = createServer({ keepAliveTimeout: 60_000 })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    return new RecordingNode(nodeUrl, server)
  }

  private constructor(nodeUrl: string, server: Server) {
    const url = new URL(nodeUrl)
    const { hostname, port } = url
    url.port = String((server.address() as AddressInfo).port)
    this.url = url.toString()
    this.#server = server
    server.on('request', (incoming, outgoing) => {
      incoming.once('data', (first: Buffer) => {
        const isBlock = first.subarray(0, 100).includes(CALL)
        if (isBlock) {
          const length = Number(incoming.headers['content-length'])
          this.blocks.push({ firstByteAtMs: performance.now(), bytes: (length - FRAME_BYTES) / 2 })
        }
        if (isBlock && !this.letsThrough) return answerDuplicate(incoming, outgoing)
        passOn(incoming, outgoing, first, { hostname, port })
      })
    })
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}

function answerDuplicate(incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.resume()
  incoming.once('end', () => {
    const body = '{"result":"duplicate","error":null,"id":1}'
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
  })
}

function passOn(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  first: Buffer,
  node: { readonly hostname: string; readonly port: string },
): void {
  const { method, url, headers } = incoming
  const onward = request({ ...node, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  onward.write(first)
  incoming.pipe(onward)
}
