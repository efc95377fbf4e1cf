/** What the process has beside its engine: Node.js and its libraries, rows on their way, files that are being written. Measured, in MB. */
const BESIDE_MB = 440
const LEAST_MB = 96

/**
 * What the engine may use when the process may use so much.
 * @param limit as it is configured: `768MB`, `2GB`
 */
export function engineMemory(limit: string): string {
  const [, number = '0', unit = 'MB'] = /^(\d+)(MB|GB)$/.exec(limit) ?? []
  const whole = Number(number) * (unit === 'GB' ? 1_000 : 1)
  return `${Math.max(whole - BESIDE_MB, LEAST_MB)}MB`
}
