import { SEED } from './settings.js'

/**
 * SQL of a number in [0, 1) that hangs on `key` (SQL of a bigint) and on the seed alone: the same on every machine, and
 * in whatever order rows are made. `salt` keeps two questions about one key apart.
 */
export function chance(key: string, salt: number): string {
  return `((hashint8extended((${key})::bigint, (SELECT ${SEED} * 1000 + ${salt})) & 1073741823) / 1073741824.0::float8)`
}
