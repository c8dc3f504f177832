import type { Metadata } from 'next'
import { ProfilesPage } from '../../../../components/console/system/profiles-page'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Client profiles' }

export default async function Page() {
  await operatorOfPage()
  const client = queryClient()
  return withAnswers(
    [
      client.query(api.consoleSystem.profiles.queryOptions()),
      client.query(api.consoleProfiles.rules.queryOptions()),
    ],
    <ProfilesPage />,
  )
}
