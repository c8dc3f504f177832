/** What the field for a code of the second factor is called: whoever has passkeys alone has only recovery codes to type. */
export function codeWords(hasOneTimeCodes: boolean): { readonly label: string; readonly note: string } {
  return hasOneTimeCodes
    ? { label: 'One-time code', note: 'From your authenticator app; or one of your recovery codes.' }
    : { label: 'Recovery code', note: 'Where your passkey is not at hand.' }
}
