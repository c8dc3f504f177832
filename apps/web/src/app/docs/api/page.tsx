import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { ApiPage } from '../../../components/api-docs/api-page'
import { openApi } from '../../../server/api/openapi/document'

export const metadata: Metadata = { title: 'API' }
export const dynamic = 'force-dynamic'

/** The reference of the API, made from its OpenAPI document. */
export default async function Page() {
  const asked = await headers()
  const protocol = asked.get('x-forwarded-proto')?.split(',', 1)[0] === 'http' ? 'http' : 'https'
  return <ApiPage document={openApi()} origin={`${protocol}://${asked.get('host') ?? 'pool.example'}`} />
}
