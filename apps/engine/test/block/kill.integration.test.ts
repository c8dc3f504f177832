import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { NodeAnswer } from '@headframe/core/block/candidate'
import { reasonOf } from '@headframe/core/block/submit-reason'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { expect, onTestFinished, test } from 'vitest'
import { BlockLine } from '../../src/block/block-line.js'
import { CandidateFiles } from '../../src/block/candidate-file.js'
import { recoverAllCandidates } from '../../src/block/recover-candidates.js'
import { BlockSender } from '../../src/block/send-block.js'
import type { SubmitStep } from '../../src/block/submit-step.js'
import { ownNode } from '../own-node.js'
import { silent, temporaryDirectory } from '../journal/journal-fixture.js'
import { until } from '../until.js'
import { templateWithTransactions } from './block-story.js'
import { runSources } from '../run-sources.js'

type Knowledge = 'synced' | 'readable' | 'nothing'

const node = ownNode()
const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Runs the child until it has killed itself; the hash of its block. */
async function killAt(step: SubmitStep, knowledge: Knowledge, dataDir: string): Promise<string> {
  const child = spawn(
    process.execPath,
    [...runSources(), pathOf('kill-child.ts'), ...[dataDir, node().url, step, knowledge]],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return output.trim()
}

/** What the next start does, and what nodes then answer. */
async function restart(dataDir: string): Promise<NodeAnswer[]> {
  await recoverAllCandidates({ dataDir, network: 'regtest' }, silent)
  const answers: NodeAnswer[] = []
  const lines = parseBitcoinNodes(node().url).map((place) => new BlockLine(place))
  const sender = new BlockSender({
    lines,
    files: new CandidateFiles(dataDir),
    log: silent,
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
    onAnswer: (_candidate, answer) => answers.push(answer),
  })
  await sender.resume()
  onTestFinished(async () => {
    await sender.close()
    for (const line of lines) line.close()
  })
  return answers
}

test.each<[SubmitStep, Knowledge]>([
  ['recorded', 'synced'],
  ['kept', 'synced'],
  ['sent', 'synced'],
  ['answered', 'synced'],
  ['answer-kept', 'synced'],
  ['whole', 'synced'],
  ['recorded', 'readable'],
  ['kept', 'readable'],
  ['sent', 'readable'],
  ['recorded', 'nothing'],
])(
  'kill -9 when a block is %s and its transactions are %s loses nothing',
  async (step, knowledge) => {
    const { rpc } = node()
    const template = await templateWithTransactions(rpc)
    const dataDir = await temporaryDirectory()
    const hash = await killAt(step, knowledge, dataDir)
    const answers = await restart(dataDir)

    const isKnown = () =>
      rpc('getblockheader', [hash]).then(
        () => true,
        () => false,
      )
    await until(isKnown)
    const block = await rpc<{ height: number; nTx: number }>('getblock', [hash])
    expect(block).toMatchObject({ height: template.height, nTx: template.transactionCount + 1 })

    // Its files are whole, and every node has given its final answer.
    const files = new CandidateFiles(dataDir)
    expect(await files.list()).toEqual([hash])
    expect(await files.listSlots()).toEqual([])
    const kept = Buffer.from(await files.readBlockHex(hash)).toString()
    expect(kept).toBe(await rpc<string>('getblock', [hash, 0]))
    await until(async () =>
      (await files.readAnswers(hash)).some((one) => reasonOf(one).standing === 'accepted'),
    )
    const hadAnswer = step === 'answer-kept' || step === 'whole'
    if (hadAnswer) expect(answers).toEqual([])
  },
  60_000,
)
