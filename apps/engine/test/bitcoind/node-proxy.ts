import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface RuleProxy {
  readonly url: string
  /** A rule that every template has from now on, besides its own. */
  rule: string | undefined
}

/** A real node whose network seems to have one more rule. */
export async function openRuleProxy(nodeUrl: string): Promise<RuleProxy> {
  const { hostname, port } = new URL(nodeUrl)
  const url = new URL(nodeUrl)
  const proxy: { url: string; rule: string | undefined } = { url: '', rule: undefined }
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    const onward = request({ hostname, port, method, path, headers }, (answer) => {
      void bodyOf(answer).then((text) => {
        const rules = proxy.rule === undefined ? '"rules":[' : `"rules":["${proxy.rule}",`
        outgoing.writeHead(answer.statusCode ?? 502).end(text.replace('"rules":[', rules))
      })
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
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
