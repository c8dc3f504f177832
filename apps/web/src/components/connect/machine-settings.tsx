import { CopyField } from '../copy-field'
import { Notice } from '../notice'
import type { Port } from './connect-choice'
import type { Machine } from './machines'

interface MachineSettingsProps {
  readonly machine: Machine
  readonly port: Port
  readonly host: string
  readonly user: string
  /** Whether `user` begins with an address, and not with where one belongs. */
  readonly hasAddress: boolean
}

/** The machine's own fields, each with the value that belongs into it. */
export function MachineSettings({ machine, port, host, user, hasAddress }: MachineSettingsProps) {
  const fields = machine.fieldsOf({ host, port: port.port, tls: port.tls, user })
  const { maxUserChars, takesTls, name } = machine
  return (
    <div className="space-y-4">
      <p className="text-quiet text-sm">{machine.where}</p>
      {fields.map(({ label, value, note }) => (
        <CopyField key={label} label={label} value={value} {...(note === undefined ? {} : { note })} />
      ))}
      {!hasAddress && (
        <Notice tone="plain" title="Put your address in, and it stands in the user name">
          Nobody needs an account: the address that you mine with is paid.
        </Notice>
      )}
      {maxUserChars !== undefined && hasAddress && user.length > maxUserChars && (
        <Notice tone="wrong" title={`The user name has ${user.length} characters`}>
          {name} keeps {maxUserChars} of them. Choose a shorter name for the machine, or another kind of
          address.
        </Notice>
      )}
      {port.tls && !takesTls && (
        <Notice tone="wait" title="This port wants TLS">
          {name} is not known to speak it. Choose a port without, if there is one.
        </Notice>
      )}
      {port.tls && takesTls && (
        <Notice tone="plain" title="Turn TLS on in the machine">
          The certificate has to be for {host}.
        </Notice>
      )}
    </div>
  )
}
