import { NOTICE_KINDS, type NoticeKind } from '../../../../shared/notices.ts'
import type { Ctx } from '../../../context.ts'
import { timeIn } from '../../settings/index.ts'
import { linkTo, mailText } from '../notice.ts'

export type Item = { kind: NoticeKind; subject: string; path: string; at: Date; waits: 'quiet' | 'digest' }

/** A mail that nobody reads to its end helps nobody. */
const MOST = 100

/** One mail of many notices: by kind, in the order of their page, each with its link. @param items the oldest first */
export function digestMail(ctx: Ctx, items: readonly Item[], zone: string): { subject: string; text: string } {
  const shown = items.slice(-MOST)
  const left = items.length - shown.length
  const kinds = (Object.keys(NOTICE_KINDS) as NoticeKind[]).filter((kind) => shown.some((item) => item.kind === kind))
  const lines = kinds.flatMap((kind) => [
    NOTICE_KINDS[kind].label,
    ...shown.filter((item) => item.kind === kind).flatMap((item) => lineOf(ctx, item, zone)),
    '',
  ])
  const more = left > 0 ? [`And ${left} before them.`] : []
  return { subject: subjectOf(items), text: mailText(ctx, { lines: [...lines, ...more], path: '/desk', number: null }) }
}

const subjectOf = (items: readonly Item[]): string => {
  const count = `${items.length} notice${items.length === 1 ? '' : 's'}`
  return items.some(({ waits }) => waits === 'quiet')
    ? `${count} from while you were off shift`
    : `Your digest: ${count}`
}

const lineOf = (ctx: Ctx, { subject, path, at }: Item, zone: string): string[] => [
  `- ${subject} (${timeIn(zone, at)})`,
  `  ${linkTo(ctx, path)}`,
]
