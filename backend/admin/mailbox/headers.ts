/** The header fields of a raw mail by lower-case name, unfolded; the first of each name counts. */
export function headersOf(raw: Buffer): Map<string, string> {
  const block = raw.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? ''
  const headers = new Map<string, string>()
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim())
  }
  return headers
}

/** Every address a header names, in lower case. */
export const addressesIn = (value = ''): string[] => value.toLowerCase().match(/[^\s<>",;:()]+@[^\s<>",;:()]+/g) ?? []
