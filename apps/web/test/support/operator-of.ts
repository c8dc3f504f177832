import type { Database } from '@headframe/db/database'
import { addOperator } from '@headframe/db/operator/add-operator'
import type { OperatorRole } from '@headframe/db/operator/operator'
import { SCOPES_OF_ROLE } from '../../src/server/operators/roles'
import type { OperatorViewer } from '../../src/server/viewer'

/** Somebody who has signed in to the console a moment ago, with this role. */
export async function operatorOf(
  { pool }: Pick<Database, 'pool'>,
  name: string,
  role: OperatorRole,
): Promise<OperatorViewer> {
  const operatorId = await addOperator(pool, { name, email: `${name}@pool.example`, role }, Date.now())
  if (operatorId === undefined) throw new Error(`there is an operator ${name}`)
  const scopes = SCOPES_OF_ROLE[role]
  return {
    kind: 'operator',
    operatorId: String(operatorId),
    name,
    role,
    secondFactorAtMs: Date.now(),
    scopes,
  }
}
