import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { hexToBytes } from '@headframe/core/bytes'
import { displayHash } from '@headframe/core/chain/header'
import { parseTransaction, txid } from '@headframe/core/chain/transaction'
import { PaddedNode } from '../src/padded-node.js'

interface Listed {
  readonly data: string
  readonly txid: string
}

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A node that answers every call with one body, and remembers what it was asked. */
async function openNode(body: string, asked: string[]): Promise<string> {
  const server: Server = createServer((incoming, outgoing) => {
    incoming.on('data', (chunk: Buffer) =>
      asked.push(`${incoming.headers.authorization} ${chunk.toString()}`),
    )
    incoming.on('end', () => outgoing.end(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(resolve)))
  return `http://user:password@127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function ask(url: string): Promise<string> {
  const { username, password, origin } = new URL(url)
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const answer = await fetch(origin, { method: 'POST', body: 'question', headers: { authorization } })
  return answer.text()
}

it('a template without transactions gets real ones, and the question goes through as it was', async () => {
  const asked: string[] = []
  const nodeUrl = await openNode('{"result":{"height":7,"transactions":[],"bits":"1d00ffff"}}', asked)
  const padded = await PaddedNode.open(nodeUrl, 3)
  closers.push(() => padded.stop())
  const { result } = JSON.parse(await ask(padded.url)) as { result: { transactions: Listed[] } }
  expect(result).toMatchObject({ height: 7, bits: '1d00ffff' })
  expect(new Set(result.transactions.map((listed) => listed.txid)).size).toBe(3)
  for (const listed of result.transactions) {
    expect(displayHash(txid(parseTransaction(hexToBytes(listed.data))))).toBe(listed.txid)
  }
  expect(asked).toEqual([`Basic ${Buffer.from('user:password').toString('base64')} question`])
})

it('every other answer stays as it is', async () => {
  const body = '{"result":{"transactions":[{"txid":"00"}]},"text":"é"}'
  const padded = await PaddedNode.open(await openNode(body, []), 3)
  closers.push(() => padded.stop())
  expect(await ask(padded.url)).toBe(body)
})
