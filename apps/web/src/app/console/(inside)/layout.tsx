import type { ReactNode } from 'react'
import { ConsoleNav } from '../../../components/console/console-nav'
import { operatorOfPage } from '../../../server/operators/page'

/** Each page asks for its operator itself, too: a layout stays while one goes from page to page. */
export default async function Layout({ children }: { readonly children: ReactNode }) {
  const { name, role } = await operatorOfPage()
  return (
    <>
      <ConsoleNav name={name} role={role} />
      {children}
    </>
  )
}
