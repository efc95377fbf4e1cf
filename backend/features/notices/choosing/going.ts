import { NOTICE_KINDS, type NoticeKind, type NoticeWay } from '../../../../shared/notices.ts'

/** How somebody stands when a notice comes. */
export type Standing = {
  /** What they chose for its kind; null when they did not. */
  way: NoticeWay | null
  /** Off shift, and nothing is to come then. */
  quiet: boolean
  /** A browser of theirs takes notices. */
  canPush: boolean
}

export type Going = { waits: 'quiet' | 'digest' | null; mail: boolean; push: boolean }

const NOTHING: Going = { waits: null, mail: false, push: false }

/** Which ways a notice goes. What was to come by push to nobody's browser comes by mail: nothing that was chosen is lost. */
export function goingOf(kind: NoticeKind, { way, quiet, canPush }: Standing): Going {
  const chosen = way ?? NOTICE_KINDS[kind].usual
  if (chosen === 'off') return NOTHING
  if (quiet) return { ...NOTHING, waits: 'quiet' }
  if (chosen === 'digest') return { ...NOTHING, waits: 'digest' }
  const push = chosen !== 'mail' && canPush
  return { waits: null, push, mail: chosen !== 'push' || !push }
}
