import type { Metadata } from 'next'
import { LogPage } from '../../components/log/log-page'
import { readIndex } from '../../server/public-log'
import { serverContext } from '../../server/runtime'

export const metadata: Metadata = { title: 'Public log' }
export const dynamic = 'force-dynamic'

export default async function Page() {
  return <LogPage index={await readIndex(serverContext().database)} />
}
