import type { Reader } from '../../event.ts'
import { button, buttons } from '../../kit/button.ts'
import { type Card, card, foldedSection, section } from '../../kit/card.ts'
import { datePick, select } from '../../kit/fields.ts'
import { elapsed } from '../../kit/instant.ts'
import { entry, paragraph, remark } from '../../kit/text.ts'
import { joined } from '../../kit/words.ts'
import { homepageAction } from '../queues/homepage-action.ts'
import { ANY, FILTER, INTERVALS, LINKS, type Listed, PLACES, ROWS } from './form.ts'
import { freshWords } from './freshness.ts'
import type { Layout } from './layout.ts'
import { PERIODS, periodWords, USUAL_PERIOD } from './period.ts'

/** A card shows a hundred widgets, and nobody reads more. */
const MOST_LISTED = 30

/** The homepage in Sheets: what is in this spreadsheet, and the form for more. @param placed null beside no spreadsheet */
export function reportsCard(listed: Listed, placed: readonly Layout[] | null, reader: Reader): Card {
  const off = placed === null ? 'No spreadsheet stands beside this panel.' : offWords(listed)
  return card({ title: 'Reports', subtitle: freshWords(listed.freshness, reader) }, [
    placed && placed.length > 0 ? placedSection(placed, reader) : null,
    section(
      'Insert a report',
      select(
        'report',
        'Report',
        listed.items.map(({ id, name }) => ({ value: id, label: name })),
        listed.items[0]?.id || '',
      ),
      select('period', 'Period', PERIODS, USUAL_PERIOD),
      datePick({ name: 'from', label: 'From, for «From … to …»', value: null }),
      datePick({ name: 'to', label: 'To', value: null }),
      select('place', 'Where', PLACES, 'new'),
      buttons(
        button('Insert', { action: 'insertReport', parameters: { sure: '', onTop: '0' } }, { filled: true, off }),
      ),
    ),
    foldedSection(
      'More choices',
      0,
      select('interval', 'In stretches of', INTERVALS, ''),
      select('rows', 'Rows of a table', ROWS, '500'),
      select('links', 'Links to what a figure is made of', LINKS, 'yes'),
      listed.filters.map(({ dimension, label, choices }) =>
        select(`${FILTER}${dimension}`, label, [{ value: ANY, label: 'Any' }].concat(choices), ANY),
      ),
    ),
    listed.pack.length > 0
      ? section(
          'Supervisor pack',
          remark(`${packWords(listed)}, each on a sheet of its own, for the period and the filters above.`),
          buttons(
            button(
              'Insert the pack',
              { action: 'insertPack', parameters: { sure: '', onTop: '0', pack: listed.pack.join(' ') } },
              { off },
            ),
          ),
        )
      : null,
  ])
}

const offWords = ({ items }: Listed): string | null => (items.length === 0 ? 'There are no reports yet.' : null)

const packWords = ({ items, pack }: Listed): string =>
  pack.map((id) => items.filter((one) => one.id === id)[0]?.name || id).join(', ')

function placedSection(placed: readonly Layout[], reader: Reader) {
  const hidden = placed.length - MOST_LISTED
  return section(
    'In this spreadsheet',
    placed.slice(0, MOST_LISTED).map((layout) =>
      entry(
        {
          above: layout.sheet || 'Not written to its end',
          text: layout.name,
          below: joined([periodWords(layout.period), layout.at && `refreshed ${elapsed(layout.at, reader)} ago`]),
        },
        { action: 'openPlaced', parameters: { layout: layout.id } },
      ),
    ),
    hidden > 0 ? remark(`${hidden} more are not listed, and refreshed with the others.`) : null,
    buttons(
      button('Refresh all', { action: 'refreshReports', parameters: { layout: '', onTop: '0' } }, { filled: true }),
    ),
  )
}

/** For who may not see figures of everybody: an agent has the queue here as well. */
export const noFiguresCard = (words: string): Card =>
  card({ title: 'Reports' }, [
    section(
      null,
      paragraph(words),
      remark(
        'Figures of everybody are for supervisors, finance, admins and those who may read all. Ask an admin of your workspace if you need them.',
      ),
      buttons(button('Queue', homepageAction('push'))),
    ),
  ])
