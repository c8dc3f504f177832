import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PasswordForm } from '../../../components/console/password-form'
import { SignInCard } from '../../../components/console/sign-in-card'
import { viewerOf } from '../../../server/operators/current'
import { CONSOLE, sessionOfPage } from '../../../server/operators/page'

export const metadata: Metadata = { title: 'Sign in' }

export default async function Page() {
  if (viewerOf(await sessionOfPage()) !== undefined) redirect(CONSOLE)
  return (
    <SignInCard title="Sign in to the console">
      <PasswordForm />
      <p className="text-faint mt-5 text-sm">
        For those who run this pool. Mining, and looking at it, need no account.
      </p>
    </SignInCard>
  )
}
