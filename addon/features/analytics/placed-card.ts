import type { Reader } from '../../event.ts'
import { button, buttons } from '../../kit/button.ts'
import { type Card, card, section } from '../../kit/card.ts'
import { instant } from '../../kit/instant.ts'
import { fact, paragraph, remark, warning } from '../../kit/text.ts'
import type { Layout } from './layout.ts'
import { periodWords } from './period.ts'

const CUT_OFF = 'It was not written to its end. Forget it here, delete what there is of it, and insert it again.'
const DELETED = 'It was deleted from this spreadsheet. Forget it here, or insert the report again.'

/** Why a report cannot be refreshed. */
export const whyGone = ({ at }: Layout): string => (at ? DELETED : CUT_OFF)

/** One report of this spreadsheet. @param there false when it was deleted, or never written to its end */
export const placedCard = (layout: Layout, there: boolean, reader: Reader): Card =>
  card({ title: layout.name, ...(layout.sheet ? { subtitle: layout.sheet } : {}) }, [
    section(
      null,
      there ? null : warning(whyGone(layout)),
      fact('Period', periodWords(layout.period)),
      layout.at ? fact('Refreshed', instant(layout.at, reader)) : null,
      buttons(
        button(
          'Refresh',
          { action: 'refreshReports', parameters: { layout: layout.id, onTop: '1' } },
          { filled: true, off: there ? null : 'There is nothing to refresh.' },
        ),
        there ? button('Go to it', { action: 'goToPlaced', parameters: { layout: layout.id } }) : null,
        button('Forget', { action: 'forgetPlaced', parameters: { layout: layout.id, onTop: '1' } }),
      ),
      remark('Forgetting leaves all values where they are; they are just not refreshed any more.'),
    ),
  ])

/** What was done, on top of the form that it came from. */
export const doneCard = (title: string, lines: readonly string[], problems: readonly string[]): Card =>
  card({ title }, [
    section(null, lines.map(paragraph), problems.map(warning)),
    section(
      null,
      buttons(button('Back to reports', { action: 'showReports', parameters: { onTop: '1' } }, { filled: true })),
    ),
  ])

/** What stands against it, before anything is written. With `again` it can be done all the same. */
export const askCard = (title: string, words: readonly string[], again: Parameters<typeof button>[1] | null): Card =>
  card({ title }, [
    section(
      null,
      words.map(paragraph),
      buttons(
        again && button('Write it', again, { filled: true }),
        button('Back to reports', { action: 'showReports', parameters: { onTop: '1' } }),
      ),
    ),
  ])
