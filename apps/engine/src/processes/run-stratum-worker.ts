import cluster from 'node:cluster'
import { on } from 'node:events'
import type { EngineOptions } from '../env.js'
import { createLog } from '../log.js'
import type { ToPrimary, ToStratum } from './messages.js'
import { StratumProcess } from './stratum-process.js'

/**
 * A stratum process as the primary's child: does what the channel says until it says close or is gone. A Ctrl-C
 * reaches the whole group, and is the primary's to act on.
 */
export async function runStratumWorker(engine: EngineOptions): Promise<void> {
  process.on('SIGINT', () => undefined)
  // Without this, node:cluster ends the process the moment the primary is gone, with answers still waiting.
  cluster.worker!.exitedAfterDisconnect = true
  const tell = (message: ToPrimary): void => {
    if (process.connected) process.send!(message)
  }
  // In order, until the channel closes, which is how a child learns that it is alone.
  const messages = on(process, 'message', { close: ['disconnect', 'SIGTERM'] }) as AsyncIterableIterator<
    [ToStratum]
  >
  tell({ type: 'hello' })
  const start = await nextMessage(messages)
  if (start?.type !== 'start') return
  const { slot, network, extranonce1Prefix, resumesBlocks } = start
  const log = createLog({ level: engine.LOG_LEVEL, name: `stratum-${slot}` })
  const stratum = await StratumProcess.start(
    { engine, slot, network, extranonce1Prefix, resumesBlocks },
    { log, nowMs: Date.now, monotonicMs: () => performance.now(), tell },
  )
  tell({ type: 'started' })
  for await (const [message] of messages) {
    if (message.type === 'job') await stratum.takeJob(message.job)
    else if (message.type === 'transactions') void stratum.hearOfTransactions(message.news)
    else if (message.type === 'settings') stratum.follow(message.settings)
    else if (message.type === 'retire') stratum.retire()
    else if (message.type === 'close') break
  }
  await stratum.close()
}

async function nextMessage(messages: AsyncIterableIterator<[ToStratum]>): Promise<ToStratum | undefined> {
  const next = await messages.next()
  return next.done === true ? undefined : next.value[0]
}
