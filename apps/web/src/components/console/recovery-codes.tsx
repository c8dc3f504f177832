import { CopyButton } from '../copy-field'
import { Notice } from '../notice'

/** Where they end an enrolment, with the way on. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  return (
    <div className="grid gap-4">
      <RecoveryCodeList codes={codes} />
      {/* A whole new page: what was asked before he was in is not what he sees now. */}
      <a href="/console" className="link">
        I have kept them; open the console
      </a>
    </div>
  )
}

/** Shown once: the server keeps nothing that they could be made from. */
export function RecoveryCodeList({ codes }: { readonly codes: readonly string[] }) {
  return (
    <div className="grid gap-4">
      <Notice tone="wait" title="Keep these recovery codes, on paper or in a password manager" role="status">
        Each lets you in once when your second factor is lost. They are not shown again.
      </Notice>
      <ul aria-label="Recovery codes" className="grid grid-cols-2 gap-x-6 gap-y-1 font-mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <span className="border-line inline-flex w-fit rounded border">
        <CopyButton value={codes.join('\n')} what="all recovery codes" />
      </span>
    </div>
  )
}
