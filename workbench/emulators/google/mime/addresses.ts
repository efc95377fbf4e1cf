import { decodeWords } from './words.ts'

export interface Address {
  name: string
  email: string
}

/** The addresses of a From, To, Cc or Bcc value; group syntax is flattened, what has no @ is left out. */
export function addressesIn(value: string | undefined): Address[] {
  if (!value) return []
  return pieces(value).flatMap((piece) => {
    const angle = /<([^<>]*)>[^<>]*$/.exec(piece)
    const email = (angle?.[1] ?? piece.replace(/\([^)]*\)/g, ''))
      .replace(/^[^:]*:/, '')
      .replace(/;\s*$/, '')
      .trim()
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) return []
    const name = angle ? piece.slice(0, angle.index).replace(/^[^":]*:/, '') : ''
    return [
      {
        email: email.toLowerCase(),
        name: decodeWords(
          name
            .trim()
            .replace(/^"(.*)"$/s, '$1')
            .replace(/\\(.)/g, '$1'),
        ),
      },
    ]
  })
}

export const emailsIn = (value: string | undefined) => addressesIn(value).map((address) => address.email)

/** Splits at commas and semicolons that stand outside quotes, comments and angle brackets. */
function pieces(value: string): string[] {
  const found: string[] = []
  let quoted = false
  let angle = false
  let start = 0
  for (let i = 0; i < value.length; i++) {
    const sign = value[i]
    if (sign === '\\') i++
    else if (sign === '"') quoted = !quoted
    else if (!quoted && sign === '<') angle = true
    else if (!quoted && sign === '>') angle = false
    else if (!quoted && !angle && (sign === ',' || sign === ';')) {
      found.push(value.slice(start, i))
      start = i + 1
    }
  }
  return [...found, value.slice(start)]
}
