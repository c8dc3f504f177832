import type { Metadata } from 'next'
import { EnrolForm } from '../../../components/console/enrol-form'
import { SignInCard } from '../../../components/console/sign-in-card'

export const metadata: Metadata = { title: 'Your way in' }

export default function Page() {
  return (
    <SignInCard title="Set your password">
      <EnrolForm />
    </SignInCard>
  )
}
