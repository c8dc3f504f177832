import { answerWithin } from './log-answer'
import { addressMeter } from './runtime'

/** An answer of the public log, counted by the address that asks. */
export function countedAnswer(request: Request, make: () => Promise<Response>): Promise<Response> {
  return answerWithin((refusal) => addressMeter(request.headers, refusal), make)
}
