import type { NodeAnswer } from '@headframe/core/block/candidate'
import { expect, test, vi } from 'vitest'
import { CandidateFiles } from '../../src/block/candidate-file.js'
import { CandidateShipper } from '../../src/block/candidate-shipper.js'
import { candidateOf } from '../candidate-of.js'
import { temporaryDirectory } from '../journal/journal-fixture.js'

const HASH = '00'.repeat(32)
const answer = (node: string): NodeAnswer => ({
  node,
  call: 'submitblock',
  answeredAtMs: 1,
  result: null,
  tookMs: 1,
})

test('answers are recorded as they come, and read only when there are more', async () => {
  const files = new CandidateFiles(await temporaryDirectory())
  await files.prepare()
  await files.write(candidateOf({ hash: HASH }), [Buffer.from('00')])
  const read = vi.spyOn(files, 'readAnswers')
  const recorded: NodeAnswer[] = []
  const shipper = new CandidateShipper({
    files,
    recordCandidate: () => Promise.resolve(),
    recordAnswer: (_hash, one) => Promise.resolve(recorded.push(one)),
    listMature: () => Promise.resolve([]),
    nowMs: () => 0,
  })
  await shipper.run()
  expect(recorded).toEqual([])
  await files.addAnswer(HASH, answer('a'))
  await shipper.run()
  await shipper.run()
  expect(recorded).toEqual([answer('a')])
  await files.addAnswer(HASH, answer('b'))
  const readsBefore = read.mock.calls.length
  for (let round = 0; round < 5; round++) await shipper.run()
  expect(recorded).toEqual([answer('a'), answer('b')])
  expect(read.mock.calls.length - readsBefore).toBe(1)
})
