import { ScriptError } from '../realm/script-error.ts'
import type { Color } from './json.ts'

/** '#rgb' or '#rrggbb' as the fractions of the card JSON. */
export function color(hex: string): Color {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(hex)?.[1]
  if (!digits) throw new ScriptError(`Invalid argument: ${hex}`)
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits
  const part = (at: number) => Number.parseInt(full.slice(at, at + 2), 16) / 255
  return { red: part(0), green: part(2), blue: part(4) }
}
