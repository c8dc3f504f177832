import { readOperator } from '@headframe/db/operator/operator'
import type { Context } from '../context'
import { SCOPES_OF_ROLE } from '../operators/roles'
import type { OperatorViewer, Scope } from '../viewer'

/** The operator that a token is of, by what his role allows today; undefined when he may do nothing any more. */
export async function operatorOfToken(
  { database }: Pick<Context, 'database'>,
  operatorId: number,
  tokenId: number,
  scopes: readonly Scope[],
): Promise<OperatorViewer | undefined> {
  const operator = await readOperator(database.pool, operatorId)
  if (operator?.disabledAtMs !== undefined || operator === undefined) return undefined
  const { name, role } = operator
  const allowed = scopes.filter((scope) => SCOPES_OF_ROLE[role].includes(scope))
  const viewer = { kind: 'operator', operatorId: String(operatorId), name, role, scopes: allowed } as const
  return { ...viewer, secondFactorAtMs: undefined, tokenId }
}
