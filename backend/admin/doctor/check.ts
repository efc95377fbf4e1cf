/** One thing the doctor looked at. A note is worth knowing; only a problem keeps tickets or replies away. */
export type Check = { about: string; state: 'ok' | 'note' | 'problem'; says: string; todo?: string }

export const ok = (about: string, says: string): Check => ({ about, state: 'ok', says })

export const note = (about: string, says: string, todo?: string): Check => ({
  about,
  state: 'note',
  says,
  ...(todo !== undefined && { todo }),
})

export const problem = (about: string, says: string, todo: string): Check => ({ about, state: 'problem', says, todo })

/** `1 mail`, `3 mails` */
export const several = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** How long ago, in the largest fitting unit. */
export function ago(at: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 60_000))
  if (minutes < 1) return 'less than a minute ago'
  if (minutes < 120) return `${several(minutes, 'minute')} ago`
  return minutes < 2_880 ? `${Math.floor(minutes / 60)} hours ago` : `${Math.floor(minutes / 1_440)} days ago`
}
