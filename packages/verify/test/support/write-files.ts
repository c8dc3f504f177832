import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { LogFiles } from './seal-log.js'

/** The files in a folder that is gone when the test has ended. */
export async function writeFiles(files: LogFiles): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headframe-verify-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  return folder
}

/** A server on this machine that is gone when the test has ended; its URL. */
export async function openServer(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Serves the files below `/log`. */
export function openLogServer(files: LogFiles): Promise<string> {
  return openServer(({ url = '' }, response) => {
    const bytes = files.get(url.replace('/log/', ''))
    if (bytes === undefined) response.writeHead(404).end()
    else response.writeHead(200).end(bytes)
  })
}
