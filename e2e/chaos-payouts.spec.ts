import { chaosPayouts } from '@headframe/bench/chaos/chaos-payouts'
import { expect, test } from '@playwright/test'

/** The chaos of `npm run chaos:payouts`, as short as it says something. */
test('whoever pays is killed twenty times: everybody has what he was owed, once, and nothing is under way', async () => {
  const said: string[] = []
  const result = await chaosPayouts({ runs: 20, seed: 7 }, (text) => said.push(text))
  expect(result.wrong, said.join('\n')).toEqual([])
  expect(result.kills).toBe(20)
  expect(result.miners).toBeGreaterThan(5)
  expect(result.batches).toBeGreaterThan(2)
})
