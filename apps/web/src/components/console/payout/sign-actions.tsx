'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { psbtOfFile, psbtToFile } from '../../../format/psbt-file'
import { useTRPC } from '../../../trpc/client'
import { CopyField } from '../../copy-field'
import { TextArea } from '../../form/text-area'
import { ActionDialog } from '../action-dialog'
import { useWalletAnswer } from './use-wallet-answer'

/** For keys that are elsewhere: the PSBT goes out as a file, and comes back signed. */
export function SignActions({ id }: { readonly id: string }) {
  const [psbt, setPsbt] = useState<string>()
  return (
    <>
      <ExportPsbt id={id} onPsbt={setPsbt} />
      <ImportPsbt id={id} />
      {psbt !== undefined && (
        <div className="w-full">
          <CopyField
            label="The PSBT that is to be signed"
            value={psbt}
            note="The file that was saved has the same."
          />
        </div>
      )}
    </>
  )
}

function ExportPsbt({ id, onPsbt }: { readonly id: string; readonly onPsbt: (psbt: string) => void }) {
  const { mutateAsync } = useMutation(useTRPC().consolePayouts.exportPsbt.mutationOptions())

  async function run(): Promise<void> {
    const { version, psbt } = await mutateAsync({ id })
    save(psbtToFile(psbt), `payout-${id}-version-${version}.psbt`)
    onPsbt(psbt)
  }
  return (
    <ActionDialog action="payouts.export" run={run}>
      <p>
        Saves the unsigned transaction of payout {id} as a file for whoever has the keys. Nothing leaves the
        pool by it, but once it is signed it can be sent at any time, also when the payout is cancelled here.
      </p>
    </ActionDialog>
  )
}

function ImportPsbt({ id }: { readonly id: string }) {
  const [psbt, setPsbt] = useState('')
  const answerOf = useWalletAnswer()
  const { mutateAsync } = useMutation(useTRPC().consolePayouts.importPsbt.mutationOptions())
  return (
    <ActionDialog
      action="payouts.import"
      isReady={psbt.trim() !== ''}
      run={async () => answerOf(await mutateAsync({ id, psbt }))}
    >
      <p>
        The wallet looks whether it is this payout and nothing else, and whether all signatures are there.
        Then the next run sends it, and it cannot be cancelled any more.
      </p>
      <TextArea
        label="The signed PSBT, base64"
        value={psbt}
        onChange={(event) => setPsbt(event.currentTarget.value)}
        spellCheck={false}
        className="font-mono text-sm break-all"
      />
      <label className="grid gap-1 text-sm">
        or its file
        <input
          type="file"
          accept=".psbt,.txt"
          className="border-edge bg-sunken w-full rounded border p-2 text-base"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0]
            if (file !== undefined) void readPsbt(file).then(setPsbt)
          }}
        />
      </label>
    </ActionDialog>
  )
}

async function readPsbt(file: File): Promise<string> {
  return psbtOfFile(new Uint8Array(await file.arrayBuffer()))
}

function save(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
