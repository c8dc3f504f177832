import { readOperator } from '@headframe/db/operator/operator'
import type { Metadata } from 'next'
import { SecondFactorStep } from '../../../components/console/second-factor-step'
import { SetUpSecondFactor } from '../../../components/console/set-up-second-factor'
import { SignInCard } from '../../../components/console/sign-in-card'
import { readProposedTotp } from '../../../server/operators/enrol'
import { halfSessionOfPage, siteOfPage } from '../../../server/operators/page'
import { serverContext } from '../../../server/runtime'

export const metadata: Metadata = { title: 'Second factor' }

export default async function Page() {
  const session = await halfSessionOfPage()
  const context = serverContext()
  const proposed = await readProposedTotp(context, session, (await siteOfPage()).host)
  if (proposed !== undefined) {
    return (
      <SignInCard title="Set up your second factor">
        <SetUpSecondFactor proposed={proposed} />
      </SignInCard>
    )
  }
  const operator = await readOperator(context.database.pool, session.operatorId)
  return (
    <SignInCard title="Second factor">
      <SecondFactorStep
        hasPasskey={(operator?.passkeys ?? 0) > 0}
        hasCodes={operator?.totpSecret !== undefined}
      />
    </SignInCard>
  )
}
