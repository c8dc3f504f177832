import { parentPort, workerData } from 'node:worker_threads'
import { Subscriber } from 'zeromq'
import { monotonicMs } from './monotonic-clock.js'

/** A thread that does nothing but hear a node announce its blocks: when, on `monotonicMs`. */
const announced = new Subscriber()
announced.connect((workerData as { readonly zmqHashblockUrl: string }).zmqHashblockUrl)
announced.subscribe('hashblock')
parentPort!.once('message', () => announced.close())
parentPort!.postMessage('listening')
for await (const _message of announced) parentPort!.postMessage(monotonicMs())
