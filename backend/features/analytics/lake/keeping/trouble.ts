import { ObjectsAway } from '../../../../clients/objects/index.ts'

/** Why no new figures come, for whoever looks at old ones. */
export function wordsOf(error: unknown): string {
  if (error instanceof ObjectsAway) return `${error.message} The figures stay as they are meanwhile.`
  const { code } = (error ?? {}) as { code?: unknown }
  const message = error instanceof Error ? error.message : ''
  if (code === 'ENOSPC' || /no space left/i.test(message))
    return 'The disk of the figures is full. They stay as they are until there is room.'
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || /permission denied/i.test(message))
    return 'The folder of the figures cannot be written to. They stay as they are.'
  if (/out of memory/i.test(message)) return 'New figures need more memory than they may use (LAKE_MEMORY).'
  if (code === 'ECONNREFUSED' || code === '57P01' || code === '57P03' || code === '55000')
    return 'The database cannot be reached. New figures come when it is back.'
  return 'New figures could not be made; it is tried again.'
}
