/** As of autumn 2026; the emulator answers all of them through the schema of 2026-10. */
export const VERSIONS = [
  { handle: '2026-01', displayName: '2026-01', supported: true },
  { handle: '2026-04', displayName: '2026-04', supported: true },
  { handle: '2026-07', displayName: '2026-07', supported: true },
  { handle: '2026-10', displayName: '2026-10 (Latest)', supported: true },
  { handle: '2027-01', displayName: '2027-01 (Release candidate)', supported: false },
  { handle: 'unstable', displayName: 'unstable', supported: false },
]

const OLDEST = '2026-01'

/** The version that answers a call to this one: an ended one falls forward to the oldest there is. Nothing when it never was. */
export function servedVersion(asked: string): string | undefined {
  if (VERSIONS.some(({ handle }) => handle === asked)) return asked
  return /^20\d\d-(01|04|07|10)$/.test(asked) && asked < OLDEST ? OLDEST : undefined
}
