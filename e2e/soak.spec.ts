import { soakPool } from '@headframe/bench/soak/soak-pool'
import { expect, test } from '@playwright/test'

/** The soak of `npm run soak`, as short as it says something. */
test('nodes come and go, tips come every second: nobody works on an old one, and no block is lost', async () => {
  const options = { minutes: 0.6, miners: 50, tipEverySeconds: 1, restartEverySeconds: 7, seed: 7 }
  const said: string[] = []
  const result = await soakPool(options, (text) => said.push(text))
  expect(result, said.join('\n')).toMatchObject({ lost: [], staleCount: 0 })
  expect([...result.refused.keys()]).toEqual([])
  expect(result.blocks).toBeGreaterThan(5)
  expect(result.restarts).toBeGreaterThan(1)
})
