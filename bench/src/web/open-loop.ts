import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export interface OpenLoop {
  /** Where, without a path. */
  readonly url: string
  readonly perSecond: number
  readonly seconds: number
  /** Of the next request. */
  readonly nextPath: () => string
}

const MAX_SOCKETS = 1_000
const TIMEOUT_MS = 30_000

/**
 * Sends requests at the times that the rate says, whether or not those before are answered, and returns how long after
 * such a time each answer was in whole: who waits for a slow server waits in these figures too. Throws when one is no 200.
 */
export async function runOpenLoop({ url, perSecond, seconds, nextPath }: OpenLoop): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS })
  const answers: Promise<number>[] = []
  const count = Math.round(perSecond * seconds)
  const startsAtMs = performance.now()
  try {
    while (answers.length < count) {
      const dueAtMs = startsAtMs + (answers.length * 1_000) / perSecond
      const waitMs = dueAtMs - performance.now()
      if (waitMs > 0) await sleep(Math.ceil(waitMs))
      const answer = get(agent, `${url}${nextPath()}`).then(() => performance.now() - dueAtMs)
      // It is waited for below, with all others.
      answer.catch(() => undefined)
      answers.push(answer)
    }
    return await Promise.all(answers)
  } finally {
    agent.destroy()
  }
}

function get(agent: Agent, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, timeout: TIMEOUT_MS }, (response) => {
      response.once('error', reject)
      response.once('end', () =>
        response.statusCode === 200
          ? resolve()
          : reject(new Error(`${response.statusCode} for ${url.slice(0, 160)}`)),
      )
      response.resume()
    })
    asked.once('timeout', () =>
      asked.destroy(new Error(`no answer within ${TIMEOUT_MS} ms for ${url.slice(0, 160)}`)),
    )
    asked.once('error', reject)
    asked.end()
  })
}
