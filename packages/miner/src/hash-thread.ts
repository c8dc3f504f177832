import { parentPort } from 'node:worker_threads'
import { searchNonces, type NonceSearch } from './search-nonces.js'

/** A thread that hashes: each message is a search, each answer what it found. `hasher.ts` is its other end. */
if (parentPort === null) throw new Error('hash-thread.js is started by hasher.js, as a thread')
const port = parentPort
port.on('message', (search: NonceSearch) => port.postMessage(searchNonces(search)))
