/** BIP 174: `psbt` and 0xff. */
const MAGIC = [0x70, 0x73, 0x62, 0x74, 0xff]

/** A PSBT as its file has it (BIP 174), from base64. */
export function psbtToFile(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
}

/** A PSBT in base64 from a file that has its bytes, or the text itself, as signers differ. */
export function psbtOfFile(bytes: Uint8Array): string {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) return new TextDecoder().decode(bytes).trim()
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
