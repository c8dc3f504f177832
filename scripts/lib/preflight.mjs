import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { Failure } from './failure.mjs'
import { STRATUM_PORTS } from './up-options.mjs'

const MEBIBYTE = 1024 * 1024
/** Unpacked programs, an empty database and its first write-ahead logs, a chain and its wallet. */
const DATA_MEBIBYTES = 600
/** node_modules and what is built. */
const INSTALL_MEBIBYTES = 1500

/** What listening there fails with, or undefined. */
function problemOfListening(port, host) {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', ({ code }) => done(code))
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(undefined)))
  })
}

async function checkPort(port, host, option) {
  const code = await problemOfListening(port, host)
  if (code === undefined) return
  if (code === 'EADDRINUSE') {
    throw new Failure(
      `Port ${port} is in use by another program. Stop it, or choose another port with ${option}.`,
    )
  }
  if (code === 'EACCES')
    throw new Failure(`Port ${port} is not for this user. Choose one above 1023 with ${option}.`)
  throw new Failure(`${host} is not an address of this machine (${code}). Choose another with --host.`)
}

/**
 * @param {string} folder on the disk in question
 * @param {number} mebibytes
 * @param {string} what needs them, for the message
 */
export function checkSpace(folder, mebibytes, what) {
  const { bavail, bsize } = statfsSync(folder)
  const free = Math.floor((bavail * bsize) / MEBIBYTE)
  if (free >= mebibytes) return
  throw new Failure(`${what} needs ${mebibytes} MiB at ${folder}, and ${free} MiB are free. Make room there.`)
}

/**
 * Like mkdir -p. Node's own `recursive` never returns where the kernel says ENOENT although the parent is there, as
 * it does below /proc.
 */
function makeFolder(folder) {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}

/** Also tells of a full disk: a folder is made in it. */
function checkWritable(folder) {
  try {
    makeFolder(folder)
    rmSync(mkdtempSync(join(folder, '.probe-')), { recursive: true })
  } catch (error) {
    const reason = error.code === 'ENOSPC' ? 'the disk is full' : error.code
    throw new Failure(`${folder} cannot be written (${reason}). Choose another folder with --data.`)
  }
}

/**
 * Finds out what would fail later, before anything is downloaded or started.
 * @param {import('./up-options.mjs').UpOptions} options
 * @param {string} root the repository
 */
export async function preflight({ dataDirectory, webPort, stratumPort, host }, root) {
  checkWritable(dataDirectory)
  await checkPort(webPort, host, '--web-port')
  for (let port = stratumPort; port < stratumPort + STRATUM_PORTS; port++)
    await checkPort(port, host, '--stratum-port')
  if (!existsSync(join(dataDirectory, 'up.json')))
    checkSpace(dataDirectory, DATA_MEBIBYTES, 'A new data folder')
  if (!existsSync(join(root, 'node_modules'))) checkSpace(root, INSTALL_MEBIBYTES, 'The installation')
}
