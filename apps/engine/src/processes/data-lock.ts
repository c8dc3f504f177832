import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync } from 'node:fs'
import { createServer, type Server } from 'node:net'

/**
 * Holds the data folder for one `serve` at a time, so that no two processes write one journal. The lock is an
 * abstract Unix socket named by the folder: the kernel frees it with the process, whatever ends the process, and no
 * stale file can be left behind. Linux only, like the rest of the engine.
 */
export async function lockDataDir(dataDir: string): Promise<{ release: () => Promise<void> }> {
  mkdirSync(dataDir, { recursive: true })
  const name = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 32)
  const server = createServer()
  await listen(server, `\0headframe-serve-${name}`, dataDir)
  server.unref()
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

function listen(server: Server, path: string, dataDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message = `${dataDir} is in use by another serve; stop it or set another DATA_DIR`
      reject(error.code === 'EADDRINUSE' ? new Error(message) : error)
    })
    server.listen(path, resolve)
  })
}
