import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a message came to the server as. */
export interface Published {
  readonly topic: string
  readonly title: string
  readonly message: string
}

/** An ntfy server on this machine that keeps what it is sent. */
export class NtfyServer {
  readonly published: Published[] = []
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        this.published.push(JSON.parse(body) as Published)
        response.end('{}')
      })
    })
  }

  static async start(): Promise<NtfyServer> {
    const ntfy = new NtfyServer()
    await new Promise<void>((resolve) => ntfy.#server.listen(0, '127.0.0.1', resolve))
    return ntfy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
