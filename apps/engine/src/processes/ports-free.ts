import { createServer } from 'node:net'
import type { StratumPort } from '@headframe/core/stratum/stratum-ports'

/** Throws an error that names the port when one of them cannot be listened on. */
export async function assertPortsFree(host: string, ports: readonly StratumPort[]): Promise<void> {
  for (const { port } of ports) await assertPortFree(host, port)
}

function assertPortFree(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'another program listens there' : error.message
      reject(new Error(`Stratum port ${port} on ${host} cannot be used: ${reason}; see STRATUM_PORTS`))
    })
    server.listen(port, host, () => server.close(() => resolve()))
  })
}
