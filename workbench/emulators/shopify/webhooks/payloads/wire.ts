import { toDecimal } from '../../../../../shared/money.ts'
import { legacyId } from '../../graphql/gid.ts'
import type { Shop } from '../../shop.ts'
import type { Gid, Instant } from '../../store/records/ids.ts'
import type { Bag, Money } from '../../store/records/money.ts'

/** REST forms say ids as numbers; what is no number stays text. */
export function numberOf(gid: Gid): number | string
export function numberOf(gid: Gid | null | undefined): number | string | null
export function numberOf(gid: Gid | null | undefined): number | string | null {
  if (!gid) return null
  const id = legacyId(gid)
  return /^\d+$/.test(id) ? Number(id) : id
}

/** Two decimal places, as REST writes them: 12.50. */
export const amount = (money: Money): string => toDecimal(money)

export const bagSet = ({ shop, presentment }: Bag) => ({
  shop_money: { amount: amount(shop), currency_code: shop.currency },
  presentment_money: { amount: amount(presentment), currency_code: presentment.currency },
})

/** An instant with the offset of the shop's zone: 2026-11-01T08:00:00-04:00. */
export function localTime({ seed }: Shop, at: Instant): string
export function localTime({ seed }: Shop, at: Instant | null): string | null
export function localTime({ seed }: Shop, at: Instant | null): string | null {
  if (at === null) return null
  const parts = Object.fromEntries(
    formatOf(seed.timezone)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  )
  const { year, month, day, hour, minute, second, timeZoneName = 'GMT' } = parts
  const offset = timeZoneName === 'GMT' ? '+00:00' : timeZoneName.slice(3)
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  })
  formats.set(timeZone, format)
  return format
}
