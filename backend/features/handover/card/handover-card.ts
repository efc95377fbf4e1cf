import { HANDOVER_WORD } from '../../../../shared/handover.ts'
import type { PanelButton, PanelCard, PanelPress } from '../../../../shared/panel.ts'
import { newId } from '../../../platform/ids.ts'
import {
  boxes,
  button,
  buttons,
  clockTime,
  longInput,
  pick,
  present,
  remark,
  section,
  warning,
} from '../../../platform/panel.ts'
import { parseNumber } from '../../tickets/index.ts'
import type { Scene } from '../open/scene.ts'
import { moreWords, openWords, ticketsWords } from '../open/words.ts'

export type Shown = Scene & {
  /** On the way out: there are buttons to log out. */
  leaving: boolean
  /** What went wrong, or stayed as it was. */
  problems: readonly string[]
  typed: { to: string; word: string; keep: readonly string[] }
  say: string | null
}

/** What is open, to whom it can go, and the line with it. */
export const handoverCard = (shown: Shown): PanelCard => ({
  title: 'Hand over',
  subtitle: isNothing(shown) ? null : `${ticketsWords(shown.open.items.length + shown.open.more)} open`,
  sections: present(
    section(null, ...shown.problems.map(warning)),
    isNothing(shown) ? section(null, remark('Nothing of yours waits before you are back.')) : formSection(shown),
    section(null, buttons(...lastButtons(shown))),
  ),
  say: shown.say,
})

const isNothing = ({ open }: Shown): boolean => open.items.length === 0

const formSection = ({ open, receivers, typed }: Shown) =>
  section(
    null,
    boxes(
      'keep',
      'What is open: tick what you keep',
      open.items.map((ticket) => ({
        value: ticket.ticketId,
        label: `${ticket.number} ${ticket.subject}: ${openWords(ticket, clockTime)}`,
      })),
      typed.keep,
    ),
    open.more === 0 ? null : remark(moreWords(open.more)),
    receivers.length === 0
      ? warning('Nobody else is logged in. Whatever you leave is shown to your supervisor.')
      : pick(
          'to',
          'To',
          [
            { value: NOBODY, label: 'Choose somebody' },
            ...receivers.map(({ id, name }) => ({ value: id, label: name })),
          ],
          typed.to,
        ),
    receivers.length === 0
      ? null
      : longInput('word', 'How it stands', typed.word, `For whoever goes on; at most ${HANDOVER_WORD} characters`),
  )

/** An empty value would be absent from the form. */
export const NOBODY = 'nobody'

const press = (path: string): PanelPress => ({ kind: 'call', method: 'POST', path, key: newId(), lay: 'update' })

function lastButtons(shown: Shown): PanelButton[] {
  const { receivers, leaving, open } = shown
  const seen = `shown=${open.items.map(({ number }) => parseNumber(number)).join(',')}`
  const canHand = !isNothing(shown) && receivers.length > 0
  const hand = leaving
    ? button('Hand over and log out', press(`/v1/handover-card?leaving=yes&${seen}`), { filled: true })
    : button('Hand over', press(`/v1/handover-card?${seen}`), { filled: true })
  const go = button('Log out, hand over nothing', press('/v1/handover-card/leaving?anyway=yes'))
  return [...(canHand ? [hand] : []), ...(leaving ? [go] : [])]
}
