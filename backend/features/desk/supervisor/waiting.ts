import type { PanelPress, PanelWidget } from '../../../../shared/panel.ts'
import { clockTime, fact } from '../../../platform/panel.ts'
import { countWords } from '../../queues/index.ts'
import type { Team } from './reading.ts'
import { toPage, type Ways } from './ways.ts'

/** What waits for whoever leads; a line for each that there is. */
export function waitingLines({ approvals, swaps, forgotten, left }: Team, ways: Ways): (PanelWidget | null)[] {
  const since = left.since && `since ${clockTime(left.since)}`
  return [
    line('To approve', counted(approvals, 'action waits', 'actions wait'), toPage(ways, '/approvals')),
    line('Swaps of shifts', counted(swaps, 'waits for approval', 'wait for approval'), toPage(ways, '/desk/team')),
    line('Not handed over', counted(left.count, 'ticket', 'tickets'), toPage(ways, '/desk/handover/left'), since),
    line('Forgotten log-outs', counted(forgotten, 'to look at', 'to look at'), toPage(ways, '/desk/team/forgotten')),
  ]
}

const counted = (count: number, one: string, more: string): string | null =>
  count === 0 ? null : `${countWords(count)} ${count === 1 ? one : more}`

const line = (label: string, text: string | null, press: PanelPress, below: string | null = null) =>
  text === null ? null : fact(label, text, below, press)
