import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** What a scripted pool does with one line of a miner. */
export type Script = (line: string, send: (line: string) => void, socket: Socket) => void

/** A TCP server on 127.0.0.1 that speaks as a script says, and remembers what it heard. */
export class ScriptedPool {
  readonly heard: string[] = []
  readonly sockets = new Set<Socket>()
  connectionCount = 0
  readonly #server: Server

  private constructor(script: Script) {
    this.#server = createServer((socket) => this.#serve(socket, script))
  }

  static async listen(script: Script, port = 0): Promise<ScriptedPool> {
    const pool = new ScriptedPool(script)
    await new Promise<void>((resolve, reject) => {
      pool.#server.once('error', reject)
      pool.#server.listen(port, '127.0.0.1', resolve)
    })
    return pool
  }

  get endpoint() {
    return { host: '127.0.0.1', port: (this.#server.address() as AddressInfo).port }
  }

  /** Sends to every connection. */
  push(line: string | Uint8Array): void {
    for (const socket of this.sockets) socket.write(line)
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #serve(socket: Socket, script: Script): void {
    this.connectionCount++
    this.sockets.add(socket)
    let text = ''
    socket.on('data', (chunk) => {
      const lines = (text + chunk.toString()).split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) {
        this.heard.push(line)
        script(line, (answer) => socket.write(`${answer}\n`), socket)
      }
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.sockets.delete(socket))
  }
}

/** Answers each method with the lines recorded for it; `$id` stands for the request's id. */
export function recorded(answers: Readonly<Record<string, readonly string[]>>): Script {
  return (line, send) => {
    const { id, method } = JSON.parse(line) as { id: unknown; method: string }
    for (const answer of answers[method] ?? []) send(answer.replace('$id', JSON.stringify(id)))
  }
}
