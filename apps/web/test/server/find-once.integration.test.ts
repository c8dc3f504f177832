import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { readMiner } from '../../src/server/address'
import { NOBODY, openTestApi, STEADY, type TestApi } from '../support/test-api'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

it('asks for a miner once a request, and judges each time whether he may be seen', async () => {
  const query = vi.spyOn(api.database.pool, 'query')
  const asked = (): number =>
    query.mock.calls.filter(([sql]) => sql.includes('FROM miner WHERE address')).length
  const request = { foundMiners: new Map() }
  const [one, other] = [api.context(request), api.context(request)]
  expect(await readMiner(one, STEADY)).toEqual(await readMiner(other, ` ${STEADY} `))
  expect(asked()).toBe(1)
  expect(await readMiner(one, NOBODY)).toBeUndefined()
  expect(asked()).toBe(2)
  await api.database.pool.query(`UPDATE miner SET is_unlisted = true, pseudonym = 'a' WHERE address = $1`, [
    STEADY,
  ])
  expect(await readMiner(api.context({ foundMiners: new Map() }), STEADY)).toBeUndefined()
  expect(await readMiner(one, STEADY)).toBeDefined()
})
