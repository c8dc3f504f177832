import { Abusers } from './abusers.js'
import { Fleet } from './fleet.js'
import type { DoneMessage, OrderMessage, OrderName, Orders } from './orders.js'

/** A child process of the bench: load that is made beside the pool and beside the clockwork that measures. */
const fleet = new Fleet()
let abusers: Abusers | undefined

type Handlers = {
  readonly [Name in OrderName]: (
    takes: Orders[Name]['takes'],
  ) => Orders[Name]['gives'] | Promise<Orders[Name]['gives']>
}

const HANDLERS: Handlers = {
  open: (order) => fleet.open(order),
  mine: async ({ count }) => {
    await fleet.mine(count)
    return undefined
  },
  submit: (order) => fleet.submit(order),
  'start-pace': (order) => {
    fleet.startPace(order)
    return undefined
  },
  'stop-pace': () => fleet.stopPace(),
  'watch-job': () => {
    fleet.watchJob()
    return undefined
  },
  'job-arrivals': () => fleet.jobArrivals(),
  'count-lost': () => fleet.lostCount,
  close: () => {
    fleet.close()
    return undefined
  },
  'start-abuse': (order) => {
    abusers = new Abusers(order)
    return undefined
  },
  'stop-abuse': () => {
    if (abusers === undefined) throw new Error('no abuse was started')
    return abusers.stop()
  },
}

async function carryOut({ number, name, takes }: OrderMessage): Promise<DoneMessage> {
  try {
    const handler = HANDLERS[name] as (takes: unknown) => unknown
    return { number, gives: await handler(takes) }
  } catch (error) {
    return { number, problem: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', (order: OrderMessage) => {
  void carryOut(order).then((done) => process.send?.(done))
})
process.on('disconnect', () => process.exit())
// A Ctrl-C reaches the whole group; the parent ends its children itself.
process.on('SIGINT', () => undefined)
