import { expect, test } from 'vitest'
import { ModelChain } from './model-chain.js'
import { whatIsLeft } from './what-is-left.js'
import { keyOf } from './world-key.js'
import { brokenLaw, EVENTS, isForgotten, newWorld, run, type World } from './world.js'

/** How many things happen one after the other. Six take some minutes. */
const DEPTH = 4

interface Path {
  readonly world: World
  readonly steps: readonly string[]
}

/** Every way in which the world can go on by one thing: a run, a run that ends at any of its calls, an event. */
async function* successorsOf({ world, steps }: Path): AsyncGenerator<Path> {
  const whole = structuredClone(world)
  const calls = await run(whole)
  yield { world: whole, steps: [...steps, 'run'] }
  for (let call = 0; call < calls; call++) {
    for (const isAfter of [false, true]) {
      const cut = structuredClone(world)
      await run(cut, { call, isAfter })
      yield { world: cut, steps: [...steps, `run, ended ${isAfter ? 'after' : 'before'} call ${call}`] }
    }
  }
  for (const [name, happen] of Object.entries(EVENTS)) {
    const other = structuredClone(world)
    if (happen(other, new ModelChain(other.chain)) && !isForgotten(other))
      yield { world: other, steps: [...steps, name] }
  }
}

test('whatever happens in whatever order: nobody is paid twice, nobody less, and nothing stays stuck', async () => {
  const seen = new Set<string>()
  let edge: Path[] = [{ world: newWorld(), steps: [] }]
  for (let depth = 0; depth < DEPTH; depth++) {
    const next: Path[] = []
    for (const path of edge) {
      for await (const successor of successorsOf(path)) {
        const { world, steps } = successor
        expect(brokenLaw(world), steps.join('; ')).toBeUndefined()
        const key = keyOf(world)
        if (seen.has(key)) continue
        seen.add(key)
        next.push(successor)
        expect(await whatIsLeft(world), steps.join('; ')).toBeUndefined()
      }
    }
    edge = next
  }
  // Fewer would mean that hardly anything happens in this world.
  expect(seen.size).toBeGreaterThan(500)
}, 600_000)
