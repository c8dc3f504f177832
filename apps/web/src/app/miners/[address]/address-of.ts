/** What stands in the path, decoded; a path that cannot be decoded is shown as it came. */
export function addressOf({ address }: { readonly address: string }): string {
  try {
    return decodeURIComponent(address).trim()
  } catch {
    return address
  }
}
