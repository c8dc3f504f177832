import { minerAccount, WALLET } from '@headframe/core/accounting/account'
import { ModelChain } from './model-chain.js'
import { putRight } from './put-right.js'
import { brokenLaw, HOUR_MS, openBatches, OWED, run, scriptOf, TOTAL_SATS, type World } from './world.js'

/** Lets the world be quiet, and says what is then not as it has to be. */
export async function whatIsLeft(before: World): Promise<string | undefined> {
  const world = structuredClone(before)
  const chain = new ModelChain(world.chain)
  world.written.isPaused = false
  for (let hour = 0; hour < 12 && !isAtRest(world); hour++) {
    await run(world)
    await putRight(world, chain)
    chain.mine()
    world.nowMs += HOUR_MS
  }
  await run(world)
  for (const [address, sats] of OWED) {
    if (chain.paidTo(scriptOf(address)) !== sats)
      return `${address} is paid ${chain.paidTo(scriptOf(address))} of ${sats}`
    for (const part of ['available', 'locked'] as const)
      if ((world.written.balances.get(minerAccount(address, part)) ?? 0n) !== 0n)
        return `${address} is still owed`
  }
  const stuck = [world.written, ...openBatches(world)].find(({ problem }) => problem !== undefined)
  if (stuck !== undefined) return `something is stuck: ${stuck.problem!.problem}, ${stuck.problem!.detail}`
  if (TOTAL_SATS - (world.written.balances.get(WALLET) ?? 0n) !== chain.spentSats())
    return 'the books do not say what was spent'
  return brokenLaw(world)
}

function isAtRest(world: World): boolean {
  const isOwed = OWED.some(
    ([address]) => (world.written.balances.get(minerAccount(address, 'available')) ?? 0n) !== 0n,
  )
  return !isOwed && openBatches(world).length === 0
}
