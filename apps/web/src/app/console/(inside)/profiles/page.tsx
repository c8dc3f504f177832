import type { Metadata } from 'next'
import { ProfilesPage } from '../../../../components/console/system/profiles-page'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Client profiles' }

export default async function Page() {
  await operatorOfPage()
  return withAnswers([queryClient().query(api.consoleSystem.profiles.queryOptions())], <ProfilesPage />)
}
