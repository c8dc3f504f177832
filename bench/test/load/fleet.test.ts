import { afterEach, describe, expect, it } from 'vitest'
import { Fleet } from '../../src/load/fleet.js'
import { judgingPool, notify } from '../../../packages/miner/test/judging-pool.js'
import { ScriptedPool, type Script } from '../../../packages/miner/test/scripted-pool.js'

/** About four hashes a share. */
const DIFFICULTY = 1e-9
const MINERS = 5

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** Miners that are logged in at a pool which judges their shares. */
async function openFleet(script: Script): Promise<{ fleet: Fleet; pool: ScriptedPool; retries: number }> {
  const pool = await ScriptedPool.listen(script)
  const fleet = new Fleet()
  closers.push(
    () => fleet.close(),
    () => pool.close(),
  )
  const order = { ...pool.endpoint, localAddress: '127.0.0.1', address: 'address', firstNumber: 10 }
  const { retries } = await fleet.open({ ...order, count: MINERS, maxConnecting: 2, isMining: true })
  return { fleet, pool, retries }
}

const submitsOf = ({ heard }: ScriptedPool): string[] =>
  heard.filter((line) => line.includes('mining.submit'))

describe('the miners of a load process', () => {
  it('send shares that the pool accepts, each once, and time them', async () => {
    const { fleet, pool } = await openFleet(judgingPool(DIFFICULTY))
    await fleet.mine(30)
    const first = await fleet.submit({ count: 10, window: 1 })
    const second = await fleet.submit({ count: 20, window: 16 })
    expect(first).toMatchObject({ sent: 10 * MINERS, accepted: 10 * MINERS, refused: {} })
    expect(second).toMatchObject({ sent: 20 * MINERS, accepted: 20 * MINERS, refused: {} })
    expect(second.latenciesMs).toHaveLength(20 * MINERS)
    expect(Math.min(...first.latenciesMs, ...second.latenciesMs)).toBeGreaterThan(0)
    expect(new Set(submitsOf(pool)).size).toBe(30 * MINERS)
    expect(pool.heard.filter((line) => line.includes('"address.rig14"'))).toHaveLength(1 + 30)
  })

  it('never have more shares unanswered than the window', async () => {
    const judge = judgingPool(DIFFICULTY)
    let unanswered = 0
    let most = 0
    const { fleet } = await openFleet((line, send, socket) => {
      if (!line.includes('mining.submit')) return judge(line, send, socket)
      most = Math.max(most, ++unanswered)
      setTimeout(() => {
        unanswered--
        judge(line, send, socket)
      }, 1)
    })
    await fleet.mine(20)
    await fleet.submit({ count: 20, window: 4 })
    expect(most).toBeGreaterThan(MINERS)
    expect(most).toBeLessThanOrEqual(4 * MINERS)
  })

  it('count refusals by code', async () => {
    const judge = judgingPool(DIFFICULTY)
    const { fleet } = await openFleet((line, send, socket) => {
      const { id } = JSON.parse(line) as { id: number }
      if (line.includes('mining.submit') && id % 2 === 0)
        send(`{"id":${id},"result":null,"error":[21,"job not found",null]}`)
      else judge(line, send, socket)
    })
    await fleet.mine(8)
    const { accepted, refused } = await fleet.submit({ count: 8, window: 3 })
    expect({ accepted, refused }).toEqual({ accepted: 4 * MINERS, refused: { 21: 4 * MINERS } })
  })

  it('come again when they are cut off before they are ready', async () => {
    const judge = judgingPool(DIFFICULTY)
    let subscribes = 0
    const { retries } = await openFleet((line, send, socket) => {
      if (line.includes('mining.subscribe') && subscribes++ < 3) socket.destroy()
      else judge(line, send, socket)
    })
    expect(retries).toBe(3)
  })

  it('that are lost are counted, and end the run they are in', async () => {
    const judge = judgingPool(DIFFICULTY)
    const { fleet } = await openFleet((line, send, socket) => {
      if (line.includes('mining.submit') && line.includes('rig12')) socket.end()
      else judge(line, send, socket)
    })
    await fleet.mine(3)
    await expect(fleet.submit({ count: 3, window: 1 })).rejects.toThrow(
      'a miner was lost: closed by the pool',
    )
    expect(fleet.lostCount).toBe(1)
  })

  it('keep a pace whatever is unanswered, and wait for the last answers', async () => {
    const judge = judgingPool(DIFFICULTY)
    const late: (() => void)[] = []
    const { fleet } = await openFleet((line, send, socket) => {
      if (line.includes('mining.submit')) late.push(() => judge(line, send, socket))
      else judge(line, send, socket)
    })
    await fleet.mine(50)
    fleet.startPace({ intervalMs: 10 })
    await expect.poll(() => late.length).toBeGreaterThan(3 * MINERS)
    const paced = fleet.stopPace()
    const answering = setInterval(() => late.splice(0).forEach((answer) => answer()), 5)
    closers.push(() => clearInterval(answering))
    const { sent, accepted, unanswered } = await paced
    expect(unanswered).toBe(0)
    expect(accepted).toBe(sent)
    expect(accepted).toBeGreaterThan(3 * MINERS)
  })

  it('tell when a job that replaces the others reaches each of them', async () => {
    const { fleet, pool } = await openFleet(judgingPool(DIFFICULTY))
    fleet.watchJob()
    pool.push(notify(8, false))
    pool.push(notify(9, true))
    const first = await fleet.jobArrivals()
    expect(first).toHaveLength(MINERS)
    fleet.watchJob()
    pool.push(notify(10, true))
    const second = await fleet.jobArrivals()
    expect(Math.min(...second)).toBeGreaterThanOrEqual(Math.max(...first))
  })
})
