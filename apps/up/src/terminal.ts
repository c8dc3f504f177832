/** What a person who watches is told. */
export interface Terminal {
  /** A line of its own. */
  readonly say: (line: string) => void
  /** Runs `work` between a line that it began and a line with what it says and how long it took. */
  readonly step: <T>(title: string, work: () => Promise<StepResult<T>>) => Promise<T>
}

export interface StepResult<T> {
  readonly says: string
  readonly value: T
}

const TITLE_WIDTH = 14

/** Writes lines, also where nobody reads them: a closed pipe (`| head`) must not stop a pool. */
export function createTerminal(out: NodeJS.WriteStream, nowMs: () => number): Terminal {
  out.on('error', () => undefined)
  const say = (line: string): void => void out.write(`  ${line}\n`)
  return {
    say,
    step: async (title, work) => {
      const startedAtMs = nowMs()
      say(`${title.padEnd(TITLE_WIDTH)} starting`)
      const { says, value } = await work()
      const seconds = ((nowMs() - startedAtMs) / 1000).toFixed(1)
      say(`${title.padEnd(TITLE_WIDTH)} ${says} (${seconds} s)`)
      return value
    },
  }
}
