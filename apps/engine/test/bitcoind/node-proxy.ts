import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface NodeProxy {
  readonly url: string
  /** A rule that every template has from now on, besides its own. */
  rule: string | undefined
  /** A method whose calls are cut off. */
  cutOff: string | undefined
  /** Templates go out when this is done. */
  beforeTemplate: Promise<void>
  /** How many blocks have come in. */
  blocks: number
  /** A block that comes in goes on to the node when this is done, unless who sent it has gone. */
  beforeBlock: Promise<void>
  /** The node's answer to a block goes out when this is done. */
  beforeBlockAnswer: Promise<void>
}

/** A real node, whose network seems to have one more rule, or which answers in part or late. */
export async function openNodeProxy(nodeUrl: string): Promise<NodeProxy> {
  const { hostname, port } = new URL(nodeUrl)
  const url = new URL(nodeUrl)
  const proxy = {
    url: '',
    rule: undefined as string | undefined,
    cutOff: undefined as string | undefined,
    beforeTemplate: Promise.resolve(),
    blocks: 0,
    beforeBlock: Promise.resolve(),
    beforeBlockAnswer: Promise.resolve(),
  }
  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming).then(async (call) => {
      const name = (JSON.parse(call) as { method: string }).method
      if (name === proxy.cutOff) return void outgoing.destroy()
      if (name === 'submitblock') {
        const { beforeBlock } = proxy
        proxy.blocks++
        await beforeBlock
        if (outgoing.destroyed) return
      }
      const { method, url: path, headers } = incoming
      const onward = request({ hostname, port, method, path, headers }, (answer) => {
        void bodyOf(answer).then(async (text) => {
          if (name === 'getblocktemplate') await proxy.beforeTemplate
          if (name === 'submitblock') await proxy.beforeBlockAnswer
          const rules = proxy.rule === undefined ? '"rules":[' : `"rules":["${proxy.rule}",`
          outgoing.writeHead(answer.statusCode ?? 502).end(text.replace('"rules":[', rules))
        })
      })
      onward.on('error', () => outgoing.destroy())
      outgoing.on('close', () => onward.destroy())
      onward.end(call)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url.port = String((server.address() as AddressInfo).port)
  proxy.url = url.toString()
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return proxy
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
