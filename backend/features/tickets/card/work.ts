import type { PanelSection, PanelWidget } from '../../../../shared/panel.ts'
import { button, buttons, type Choice, fact, input, pick, section } from '../../../platform/panel.ts'
import { PRIORITY_WORDS, STATUS_WORDS } from './words.ts'
import { type CardTicket, changeOf, whyNot } from './writing.ts'

/** A choice that clears: an empty value would be absent from the form. */
const NOBODY = 'nobody'
const NONE = 'none'

/** Status and assignee are set often; the rest shows when the section is opened. */
const OFTEN = 2

/** What an agent sets by hand: each drop-down acts at once. */
export function workSection(ticket: CardTicket): PanelSection | null {
  const { priority, tags } = ticket
  const shown = tags.join(', ')
  if (whyNot(ticket))
    return section('Work', fact('Priority', PRIORITY_WORDS[priority]), shown ? fact('Tags', shown) : null)
  const priorities = setting(ticket, 'priority', 'Priority set')
  return {
    title: 'Work',
    folded: OFTEN,
    widgets: [
      statusPick(ticket),
      assigneePick(ticket),
      pick('priority', 'Priority', choices(PRIORITY_WORDS), priority, priorities),
      categoryPick(ticket),
      input('tags', 'Tags', shown, 'Separated by commas'),
      buttons(
        button(
          'Save tags',
          changeOf(ticket, { method: 'PUT', path: 'tags', body: { shown }, takes: ['tags'], say: 'Tags saved' }),
        ),
      ),
    ],
  }
}

/** @param takes the field, and its name in the body when that is another */
const setting = (ticket: CardTicket, path: string, say: string, takes = path) =>
  changeOf(ticket, { method: 'PUT', path, body: { version: ticket.version }, takes: [takes], say })

function statusPick(ticket: CardTicket): PanelWidget {
  const { status, allowedMoves } = ticket
  const moves = [status, ...allowedMoves.filter((move) => move !== status)]
  const offered = moves.map((value) => ({ value, label: STATUS_WORDS[value] }))
  return pick('status', 'Status', offered, status, setting(ticket, 'status', 'Status set'))
}

/** Nobody first, then the staff; whoever holds the ticket stays in the list, also after they have left. */
function assigneePick(ticket: CardTicket): PanelWidget {
  const { assignee, assignable } = ticket
  const known = assignee === null || assignable.some(({ id }) => id === assignee.id)
  const people = (known ? assignable : [assignee, ...assignable]).map(({ id, name }) => ({ value: id, label: name }))
  const press = setting(ticket, 'assignment', 'Assignee set', 'assignee:assigneeId')
  return pick('assignee', 'Assignee', [{ value: NOBODY, label: 'Nobody' }, ...people], assignee?.id ?? NOBODY, press)
}

function categoryPick(ticket: CardTicket): PanelWidget {
  const { category } = ticket
  const offered = ticket.categories.map(({ id, label }) => ({ value: id, label }))
  return pick(
    'category',
    'Category',
    [{ value: NONE, label: 'None' }, ...offered],
    category ?? NONE,
    setting(ticket, 'category', 'Category set'),
  )
}

const choices = (words: Record<string, string>): Choice[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }))
