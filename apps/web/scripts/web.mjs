/**
 * Starts the built dashboard: checks its configuration and its port, starts the standalone server, hands signals on
 * to it and leaves with its exit code.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

/** A server that has not stopped by itself after this long is stopped. */
const STOP_GRACE_MS = 5_000

const serverFolder = new URL('../.next/standalone/apps/web/', import.meta.url)
const serverFile = fileURLToPath(new URL('server.js', serverFolder))

if (!existsSync(serverFile)) fail('The dashboard is not built. Run `npm run build` first.')
const { loadWebOptions, serverEnvironment } = await import(new URL('env.mjs', serverFolder).href)
const options = readOptions()
const problem = await problemOfPort(options.WEB_HOST, options.WEB_PORT)
if (problem !== undefined) fail(problem)
start()

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

function start() {
  const child = spawn(process.execPath, [serverFile], { stdio: 'inherit', env: serverEnvironment(options) })
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      isStopping = true
      child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
      setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS).unref()
    })
  }
  child.once('error', (error) => fail(`Cannot start the server: ${error.message}`))
  // A server that was told to stop has done what was asked, whatever number it leaves with.
  child.once('exit', (code) => process.exit(isStopping ? 0 : (code ?? 1)))
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
