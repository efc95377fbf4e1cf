/** One header field as it stands in the bytes, read as latin1 so that every byte survives a round trip. */
export interface Field {
  name: string
  /** Unfolded, trimmed, still encoded. */
  value: string
}

export interface Split {
  /** The header block with its last line end, without the empty line. */
  block: string
  body: Buffer
  eol: string
}

/** Cuts a mail at its first empty line; a mail without one is all headers. */
export function split(raw: Buffer): Split {
  const crlf = raw.indexOf('\r\n\r\n')
  const lf = raw.indexOf('\n\n')
  const useCrlf = crlf >= 0 && (lf < 0 || crlf < lf)
  const eol = useCrlf || (lf < 0 && raw.includes('\r\n')) ? '\r\n' : '\n'
  const at = useCrlf ? crlf : lf
  if (at < 0) return { block: raw.toString('latin1'), body: Buffer.alloc(0), eol }
  return { block: raw.toString('latin1', 0, at + eol.length), body: raw.subarray(at + 2 * eol.length), eol }
}

export const join = ({ block, body, eol }: Split) =>
  Buffer.concat([Buffer.from(block.endsWith(eol) ? block + eol : block + eol + eol, 'latin1'), body])

export function fieldsOf(block: string): Field[] {
  return linesOf(block).flatMap((line) => {
    const colon = line.indexOf(':')
    if (colon < 1) return []
    const value = line
      .slice(colon + 1)
      .replace(/\r?\n(?=[ \t])/g, '')
      .trim()
    return [{ name: line.slice(0, colon).trim(), value }]
  })
}

export const headerValue = (fields: Field[], name: string) =>
  fields.find((field) => field.name.toLowerCase() === name.toLowerCase())?.value

export const without = (block: string, ...names: string[]) =>
  linesOf(block)
    .filter((line) => !names.some((name) => isField(line, name)))
    .join('')

export const withField = (parts: Split, name: string, value: string): Split => ({
  ...parts,
  block: `${without(parts.block, name)}${name}: ${value}${parts.eol}`,
})

/** Keeps the field's place, as Gmail does with a From it corrects. */
export const replaceField = (parts: Split, name: string, value: string): Split => ({
  ...parts,
  block: linesOf(parts.block)
    .map((line) => (isField(line, name) ? `${name}: ${value}${parts.eol}` : line))
    .join(''),
})

const isField = (line: string, name: string) => {
  const colon = line.indexOf(':')
  return colon > 0 && line.slice(0, colon).trim().toLowerCase() === name.toLowerCase()
}

const linesOf = (block: string) => block.split(/(?<=\n)(?![ \t])/)
