import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WaitingAnswers } from '../../src/stratum/waiting-answers.js'

const steps = fc.array(fc.record({ kind: fc.constantFrom('share', 'other', 'take', 'commit') }), {
  maxLength: 200,
})

test('each leaves in its turn: not before its own group commit, and not after the next', () => {
  fc.assert(
    fc.property(steps, (played) => {
      const answers = new WaitingAnswers()
      let appendedSeq = 0
      let takenSeq = 0
      let committedSeq = 0
      const waiting: { readonly line: string; readonly afterCommit: number }[] = []
      const add = (afterCommit: number): void => {
        const line = `${waiting.length},${appendedSeq};`
        waiting.push({ line, afterCommit })
        answers.add(line, afterCommit, takenSeq)
      }
      for (const { kind } of played) {
        if (kind === 'share') add(++appendedSeq)
        // Anything else is answered at once when nothing waits; behind what waits it has to wait too.
        else if (kind === 'other' && waiting.length > 0) add(0)
        // A group commit begins when the one before has ended.
        else if (kind === 'take' && takenSeq === committedSeq) takenSeq = appendedSeq
        else if (kind === 'commit') {
          committedSeq = takenSeq
          const due: string[] = []
          while (waiting.length > 0 && waiting[0]!.afterCommit <= committedSeq)
            due.push(waiting.shift()!.line)
          expect(answers.take(committedSeq)).toBe(due.join(''))
          expect(answers.isEmpty).toBe(waiting.length === 0)
        }
      }
      expect(answers.length).toBe(waiting.reduce((sum, { line }) => sum + line.length, 0))
    }),
    { numRuns: 1_000 },
  )
})
