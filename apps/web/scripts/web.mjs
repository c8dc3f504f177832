/**
 * Starts the built dashboard: checks its configuration and its port, then becomes the standalone server.
 */
import { existsSync } from 'node:fs'
import http from 'node:http'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

/**
 * Answers under way have this long. Browsers hold their connections for longer, and a server that only reads loses
 * nothing when it is stopped.
 */
const STOP_GRACE_MS = 2_000

const serverFolder = new URL('../.next/standalone/apps/web/', import.meta.url)
const serverFile = fileURLToPath(new URL('server.js', serverFolder))

if (!existsSync(serverFile)) fail('The dashboard is not built. Run `npm run build` first.')
const { loadWebOptions, serverEnvironment } = await import(new URL('env.mjs', serverFolder).href)
const options = readOptions()
const problem = await problemOfPort(options.WEB_HOST, options.WEB_PORT)
if (problem !== undefined) fail(problem)
await start()

function readOptions() {
  try {
    return loadWebOptions()
  } catch (error) {
    return fail(error.message)
  }
}

/** Next would say it too, but not which setting to change. */
function problemOfPort(host, port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', ({ code, message }) => resolve(portProblem(code, message, host, port)))
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)))
  })
}

function portProblem(code, message, host, port) {
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is taken by another program. Set WEB_PORT to a free one.`
  if (code === 'EACCES')
    return `Port ${port} needs rights that this user does not have. Set WEB_PORT above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `WEB_HOST: ${host} is not an address of this machine.`
  return `Cannot listen on ${host}:${port}: ${message}`
}

/** In this very process: whoever stops it, in whatever way, leaves nothing behind. */
async function start() {
  Object.assign(process.env, serverEnvironment(options))
  for (const signal of ['SIGINT', 'SIGTERM']) {
    // Next closes its server on these, and the streams end by themselves; this is the last word.
    process.once(signal, () => {
      process.once('exit', () => (process.exitCode = 0))
      setTimeout(() => process.exit(), STOP_GRACE_MS).unref()
    })
  }
  openDoor()
  await import(new URL('server.js', serverFolder).href)
}

/** Whoever takes a request himself (`src/server/door`) is asked before Next, as soon as he is there. */
function openDoor() {
  const { createServer } = http
  http.createServer = (...args) => {
    const listener = args.at(-1)
    if (typeof listener !== 'function') return createServer(...args)
    return createServer(...args.slice(0, -1), (incoming, outgoing) => {
      if (globalThis.headframeDoor?.(incoming, outgoing) !== true) listener(incoming, outgoing)
    })
  }
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
