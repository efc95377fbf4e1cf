/** Utilities.formatString: %s %d %i %f %x with flags, width and precision, as sprintf. */
export function formatString(template: string, given: readonly unknown[]): string {
  let used = 0
  return template.replaceAll(
    /%([-0+]*)(\d*)(?:\.(\d+))?([sdifxX%])/g,
    (_all, flags: string, width: string, precision: string | undefined, kind: string) => {
      if (kind === '%') return '%'
      const text = convert(given[used++], kind, precision === undefined ? undefined : Number(precision))
      const signed = flags.includes('+') && kind !== 's' && !text.startsWith('-') ? `+${text}` : text
      if (flags.includes('-')) return signed.padEnd(Number(width))
      return signed.padStart(Number(width), flags.includes('0') ? '0' : ' ')
    },
  )
}

function convert(value: unknown, kind: string, precision: number | undefined): string {
  if (kind === 's') return String(value).slice(0, precision)
  const number = Number(value)
  if (kind === 'f') return number.toFixed(precision ?? 6)
  if (kind === 'x') return Math.trunc(number).toString(16)
  if (kind === 'X') return Math.trunc(number).toString(16).toUpperCase()
  return String(Math.trunc(number))
}
