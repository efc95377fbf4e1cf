import type { PanelWidget } from '../../../../shared/panel.ts'
import { BOOKKEEPERS } from '../../../../shared/roles.ts'
import { clockTime, fact } from '../../../platform/panel.ts'
import { comparisonWords } from '../../finance/index.ts'
import { certificateWords } from '../../intake/index.ts'
import type { Team } from './reading.ts'
import { toPage, type Ways } from './ways.ts'

/** A line about what is counted each night, and whether somebody should look. */
export type Certificate = { line: PanelWidget; isBad: boolean }

/** A night that is missed is noticed in the morning. */
const LATEST_MS = 30 * 60 * 60_000

/** Counted at some time, and else there since. */
type Counted = { since: Date; at: Date | null }
type Named = Counted & { name: string }

/** How mails were counted against Gmail's lists; null without a mailbox. */
export function mailCertificate({ mailboxes, now }: Team, ways: Ways): Certificate | null {
  if (mailboxes.length === 0) return null
  const [late, unended, missing] = [sumOf(mailboxes, 'late'), sumOf(mailboxes, 'unended'), sumOf(mailboxes, 'missing')]
  const named = mailboxes.map(({ address, since, at }) => ({ name: address, since, at }))
  const words = isCounted(named)
    ? certificateWords({ listed: sumOf(mailboxes, 'listed'), late, unended, missing })
    : NOT_YET
  return {
    line: fact('Mail', words, whenWords(named, now), toPage(ways, '/settings/counted-mail')),
    isBad: late + unended + missing > 0 || isOld(named, now),
  }
}

/** How the books were compared with shops; null without a shop. It leads on for those who may see the books. */
export function booksCertificate({ shops, now }: Team, ways: Ways): Certificate | null {
  if (shops.length === 0) return null
  const differences = sumOf(shops, 'differences')
  const named = shops.map(({ shop, since, at }) => ({ name: shop, since, at }))
  const words = isCounted(named) ? comparisonWords({ compared: sumOf(shops, 'compared'), differences }) : NOT_YET
  const [only, ...more] = shops
  const path = only && more.length === 0 ? `/finance/shops/${only.shopId}` : '/finance'
  const maySee = (BOOKKEEPERS as readonly string[]).includes(ways.role)
  return {
    line: fact('Books', words, whenWords(named, now), maySee ? toPage(ways, path) : null),
    isBad: differences > 0 || isOld(named, now),
  }
}

const NOT_YET = 'not counted yet'

const sumOf = <K extends string>(all: readonly Record<K, number>[], key: K): number =>
  all.reduce((sum, one) => sum + one[key], 0)

const isCounted = (all: readonly Counted[]): boolean => all.some(({ at }) => at !== null)

const isLate = ({ since, at }: Counted, now: Date): boolean => now.getTime() - (at ?? since).getTime() > LATEST_MS

const isOld = (all: readonly Counted[], now: Date): boolean => all.some((one) => isLate(one, now))

/** When that was, and what it leaves out. */
function whenWords(all: readonly Named[], now: Date): string | null {
  const last = all.flatMap(({ at }) => at ?? []).toSorted((one, other) => other.getTime() - one.getTime())[0]
  if (!last) return null
  const others = all.flatMap((one) => {
    if (one.at === null) return [`${one.name}: not yet`]
    return isLate(one, now) ? [`${one.name}: not since ${clockTime(one.at)}`] : []
  })
  return [clockTime(last), ...others].join('; ')
}
