/**
 * What miners call. Each known one has a parser in `params/`, except those whose parameters mean nothing to a pool:
 *
 * - `mining.extranonce.subscribe`: from then on `mining.set_extranonce` is understood;
 * - `mining.multi_version` (Antminer): how many versions a job may have; rolling is agreed by `mining.configure`;
 * - `mining.capabilities` (bfgminer), which wants no answer;
 * - `mining.ping`: answered with `pong`;
 * - `pong`: how ESP-Miner answers our ping, in the shape of a request. It gets no answer.
 */
const CLIENT_METHODS = [
  'mining.subscribe',
  'mining.authorize',
  'mining.configure',
  'mining.submit',
  'mining.suggest_difficulty',
  'mining.suggest_target',
  'mining.extranonce.subscribe',
  'mining.get_transactions',
  'mining.multi_version',
  'mining.capabilities',
  'mining.ping',
  'pong',
] as const

export type ClientMethod = (typeof CLIENT_METHODS)[number]

const known: ReadonlySet<string> = new Set(CLIENT_METHODS)

export function isClientMethod(method: string): method is ClientMethod {
  return known.has(method)
}
