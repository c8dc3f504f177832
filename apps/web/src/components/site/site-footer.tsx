import { Mark } from '../mark'

export function SiteFooter() {
  return (
    <footer className="border-line mt-12 border-t">
      <div className="text-quiet mx-auto flex max-w-[76rem] gap-4 px-4 py-8 text-sm sm:px-6">
        <span className="text-faint shrink-0">
          <Mark size={26} />
        </span>
        <div className="max-w-prose space-y-2">
          <p>
            Every number here was measured from accepted shares and the ledger. What is not known is shown as
            —, with the reason.
          </p>
          <p>
            Times are UTC. Hashrates are work over time, so chance moves them: the fewer shares, the more.
            Amounts are exact to the satoshi.
          </p>
          <p>
            You can work all of it out yourself from the{' '}
            <a href="/log" className="link">
              public log
            </a>
            , and programs read it by the{' '}
            <a href="/docs/api" className="link">
              API
            </a>
            .
          </p>
        </div>
      </div>
    </footer>
  )
}
