import { CopyButton } from '../copy-field'

/** A text to sign, whole, so that whoever signs it has read it; copied by a button. */
export function MessageToSign({ message }: { readonly message: string }) {
  return (
    <div>
      <p className="text-quiet mb-1 text-sm" id="message-to-sign">
        The text
      </p>
      <div className="border-line bg-sunken flex items-stretch rounded border">
        <p
          aria-labelledby="message-to-sign"
          role="region"
          className="min-w-0 flex-1 px-3 py-2 font-mono text-sm wrap-anywhere"
          data-testid="message"
        >
          {message}
        </p>
        <CopyButton value={message} what="text" />
      </div>
    </div>
  )
}

export function WalletHints() {
  return (
    <details className="text-quiet text-sm">
      <summary className="text-ink min-h-10 cursor-pointer py-2">Where to sign in common wallets</summary>
      <ul className="list-disc space-y-1 pl-5">
        <li>
          <b>Sparrow</b>: Tools, Sign/Verify Message; pick the address, paste the text, sign. Both formats are
          good.
        </li>
        <li>
          <b>Electrum</b>: Tools, Sign/Verify Message.
        </li>
        <li>
          <b>Bitcoin Core</b>: File, Sign Message, for addresses that begin with 1, m or n;{' '}
          <b>Bitcoin Knots</b> signs for all of them. On the command line:{' '}
          <code>bitcoin-cli signmessage ADDRESS TEXT</code>, in quotes.
        </li>
        <li>
          <b>Trezor Suite</b>: the account, Sign &amp; verify. <b>Ledger</b>, <b>Coldcard</b> and others:
          through Sparrow or Electrum; Coldcard also signs a text file.
        </li>
        <li>
          <b>BlueWallet</b>: the address, Sign/Verify message.
        </li>
      </ul>
      <p className="mt-2">
        The pool takes BIP 322 (simple and full) and the older format of <code>signmessage</code> (BIP 137),
        for every kind of address with one key, and for m-of-n keys by BIP 322. An address at an exchange
        cannot sign: its keys are not yours.
      </p>
    </details>
  )
}
