import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { displayHash } from '@headframe/core/chain/header'
import { bytesToHex } from '@headframe/core/bytes'
import { serialiseTransaction, txid, type Transaction } from '@headframe/core/chain/transaction'

/** What a node says of a block without transactions; bitcoind writes JSON without spaces. */
const EMPTY = '"transactions":[]'
/** A witness program of 20 bytes: nobody spends what is paid to it. */
const OUTPUT_SCRIPT = Uint8Array.of(0, 20, ...new Uint8Array(20))

/**
 * A real node, whose templates are filled up: a chain of one's own has no transactions, and without them a job has no
 * Merkle path, a notify is half as long and a share costs half the hashes. Everything else passes through unchanged.
 * No block of such a template can be valid.
 */
export class PaddedNode {
  /** With the node's user and password, as the pool takes it. */
  readonly url: string
  readonly #server: Server

  /** @param nodeUrl http://user:password@host:port */
  static async open(nodeUrl: string, transactionCount: number): Promise<PaddedNode> {
    const list = Array.from({ length: transactionCount }, (_, number) => transactionJson(number))
    const transactions = Buffer.from(`"transactions":[${list.join(',')}]`)
    const { hostname, port } = new URL(nodeUrl)
    const server = createServer((incoming, outgoing) => {
      const { method, url, headers } = incoming
      const onward = request({ hostname, port, method, path: url, headers }, (answer) => {
        void passOn(answer, outgoing, transactions)
      })
      onward.on('error', () => outgoing.destroy())
      // Who waits for the next template may give up.
      outgoing.on('close', () => onward.destroy())
      incoming.pipe(onward)
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    return new PaddedNode(nodeUrl, server)
  }

  private constructor(nodeUrl: string, server: Server) {
    const url = new URL(nodeUrl)
    url.port = String((server.address() as AddressInfo).port)
    this.url = url.toString()
    this.#server = server
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}

async function passOn(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  transactions: Buffer,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  let body = Buffer.concat(chunks)
  const at = body.indexOf(EMPTY)
  if (at !== -1) body = Buffer.concat([body.subarray(0, at), transactions, body.subarray(at + EMPTY.length)])
  const headers = { 'content-type': 'application/json', 'content-length': body.length }
  outgoing.writeHead(answer.statusCode ?? 502, headers).end(body)
}

/** As `getblocktemplate` lists a transaction (BIP 22), as far as a pool reads it. */
function transactionJson(number: number): string {
  const transaction: Transaction = {
    version: 2,
    inputs: [
      {
        prevTxid: new Uint8Array(32).fill(7),
        prevIndex: number,
        script: new Uint8Array(0),
        sequence: 0xffffffff,
        witness: [],
      },
    ],
    outputs: [{ valueSats: 1_000n, script: OUTPUT_SCRIPT }],
    locktime: 0,
  }
  const data = bytesToHex(serialiseTransaction(transaction))
  const id = displayHash(txid(transaction))
  return JSON.stringify({ data, txid: id, hash: id, depends: [], fee: 0, sigops: 0, weight: 2 * data.length })
}
