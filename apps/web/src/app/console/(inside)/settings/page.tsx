import type { Metadata } from 'next'
import { SettingsConsole } from '../../../../components/console/setting/settings-console'
import { operatorOfPage } from '../../../../server/operators/page'
import { api, queryClient, withAnswers } from '../../../../trpc/server'

export const metadata: Metadata = { title: 'Settings' }

export default async function Page() {
  await operatorOfPage()
  return withAnswers([queryClient().query(api.consoleSettings.list.queryOptions())], <SettingsConsole />)
}
