import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ClientCensus, MAX_KINDS, type ClientKind } from '../../src/stratum/client-census.js'

test('those with most sessions stand first, and the rest is counted', () => {
  const census = new ClientCensus()
  for (const userAgent of ['bitaxe/2', 'bitaxe/2', 'cgminer/4', 'bitaxe/1']) census.join('any', userAgent)
  const { clients, others } = census.list(2)
  expect(clients.map(({ userAgent, sessions }) => [userAgent, sessions])).toEqual([
    ['bitaxe/2', 2],
    ['cgminer/4', 1],
  ])
  expect(others).toBe(1)
})

test('names that strangers make up take no more room than is named, and each is still counted', () => {
  const census = new ClientCensus()
  const kinds = Array.from({ length: 2 * MAX_KINDS }, (_, index) =>
    census.join('default', `made up ${index}`),
  )
  expect(census.list(Infinity).clients).toHaveLength(MAX_KINDS)
  expect(census.byProfile()).toEqual({ default: 2 * MAX_KINDS })
  for (const kind of kinds) census.leave(kind)
  expect(census.list(Infinity)).toEqual({ clients: [], others: 0 })
})

test('whoever comes and goes in whatever order, exactly those who are here are counted', () => {
  const client = fc.record({ profile: fc.constantFrom('a', 'b'), userAgent: fc.constantFrom('x', 'y', '') })
  const step = fc.record({ client, leaves: fc.option(fc.nat()) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const census = new ClientCensus()
      const here: ClientKind[] = []
      for (const { client: who, leaves } of steps) {
        if (leaves === null) here.push(census.join(who.profile, who.userAgent))
        else if (here.length > 0) census.leave(here.splice(leaves % here.length, 1)[0]!)
      }
      const { clients, others } = census.list(Infinity)
      expect(others).toBe(0)
      expect(clients.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(here.length)
      for (const { profile, userAgent, sessions } of clients) {
        const same = here.filter((kind) => kind.profile === profile && kind.userAgent === userAgent)
        expect(sessions).toBe(same.length)
      }
    }),
  )
})
