import { notFound } from 'next/navigation'
import { PayoutConsole } from '../../../../../components/console/payout/payout-console'
import { operatorOfPage } from '../../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../../trpc/server'

interface PageProps {
  readonly params: Promise<{ readonly id: string }>
}

export async function generateMetadata({ params }: PageProps) {
  return { title: `Payout ${(await params).id}` }
}

export default async function Page({ params }: PageProps) {
  await operatorOfPage()
  const { id } = await params
  if (!/^\d{1,18}$/.test(id)) notFound()
  const client = queryClient()
  return withAnswers(
    [
      client.query(api.consolePayouts.one.queryOptions({ id })),
      client.query(api.consolePayouts.requests.queryOptions({ id })),
      client.query(api.console.me.queryOptions()),
    ],
    <PayoutConsole id={id} />,
  )
}
