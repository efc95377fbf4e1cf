import { rateLimitExceeded } from '../error.ts'
import type { Clock } from '../seed.ts'

/** Units of projects created from 1 May 2026 on; what is not listed costs 5. */
const UNITS: Record<string, number> = {
  'gmail.users.getProfile': 1,
  'gmail.users.watch': 100,
  'gmail.users.stop': 50,
  'gmail.users.messages.get': 20,
  'gmail.users.messages.attachments.get': 20,
  'gmail.users.messages.send': 100,
  'gmail.users.messages.insert': 25,
  'gmail.users.messages.import': 25,
  'gmail.users.messages.delete': 10,
  'gmail.users.messages.batchDelete': 50,
  'gmail.users.messages.batchModify': 50,
  'gmail.users.threads.get': 40,
  'gmail.users.threads.list': 10,
  'gmail.users.threads.modify': 10,
  'gmail.users.threads.trash': 10,
  'gmail.users.history.list': 2,
  'gmail.users.labels.list': 1,
  'gmail.users.labels.get': 1,
  'gmail.users.drafts.create': 10,
  'gmail.users.drafts.update': 15,
  'gmail.users.drafts.delete': 10,
  'gmail.users.drafts.send': 100,
  'gmail.users.settings.sendAs.list': 1,
  'gmail.users.settings.sendAs.get': 1,
}

/** `refused`: calls that went over the limit. */
type Used = { minute: number; units: number; total: number; refused: number; calls: Record<string, number> }

export type Quota = ReturnType<typeof quotaOf>

/** Counts units per user and minute; refuses above the limit, when one is set. */
export function quotaOf(clock: Clock, limit?: number) {
  const used = new Map<string, Used>()
  let most = limit

  return {
    setLimit(units: number | undefined) {
      most = units
    },
    of: (user: string) => used.get(user) ?? { minute: 0, units: 0, total: 0, refused: 0, calls: {} },
    spend(user: string, method: string) {
      const minute = Math.floor(clock.now().getTime() / 60_000)
      const entry = used.get(user) ?? { minute, units: 0, total: 0, refused: 0, calls: {} }
      used.set(user, entry)
      if (entry.minute !== minute) Object.assign(entry, { minute, units: 0 })
      const units = UNITS[method] ?? 5
      if (most !== undefined && entry.units + units > most) {
        entry.refused++
        throw rateLimitExceeded()
      }
      entry.units += units
      entry.total += units
      entry.calls[method] = (entry.calls[method] ?? 0) + 1
    },
  }
}
