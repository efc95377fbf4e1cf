import type { PanelWidget } from '../../../../shared/panel.ts'
import { fact, howLong } from '../../../platform/panel.ts'
import { countWords } from '../../queues/index.ts'
import { formatNumber } from '../../tickets/index.ts'
import { breakWords, isOverBreak } from '../../workforce/index.ts'
import type { Team } from './reading.ts'
import { toList, toPage, type Ways } from './ways.ts'

/** So many people are named; the wallboard has all. */
const NAMED = 5

/** Who is on, who is not, and what waits for customers. */
export const floorLines = (team: Team, ways: Ways): (PanelWidget | null)[] => [
  peopleLine(team, ways),
  fact('Open', countWords(team.open), `${countWords(team.unassigned)} with nobody`, toList('open')),
  fact(
    'Due next',
    countWords(team.dueNext),
    team.late > 0 ? `${countWords(team.late)} late` : null,
    toList('breaching'),
  ),
  waitLine(team),
]

function peopleLine({ people, missing, now }: Team, ways: Ways): PanelWidget {
  const resting = people.filter(({ pause }) => pause !== null)
  const over = people.filter(({ pause }) => pause !== null && isOverBreak(pause, now))
  const words = [
    people.length === 0 ? 'nobody' : String(people.length),
    resting.length > 0 && `${resting.length} on a break`,
    over.length > 0 && `${over.length} over it`,
    missing.length > 0 && `${missing.length} missing`,
  ]
  return fact(
    'At work',
    words.filter(Boolean).join(', '),
    namesOf({ people, missing, now }),
    toPage(ways, '/desk/wall'),
  )
}

/** Those whom one would ask about, first who is over a break. */
function namesOf({ people, missing, now }: Pick<Team, 'people' | 'missing' | 'now'>): string | null {
  const resting = people.flatMap(({ name, pause }) => (pause === null ? [] : [{ name, pause }]))
  const isOver = ({ pause }: (typeof resting)[number]) => isOverBreak(pause, now)
  const names = [
    ...[...resting.filter(isOver), ...resting.filter((one) => !isOver(one))].map(
      ({ name, pause }) => `${name}: ${pause.label}, ${breakWords(pause, now)}`,
    ),
    ...missing.map((name) => `${name}: not here`),
  ]
  if (names.length === 0) return null
  const rest = names.length - NAMED
  return [...names.slice(0, NAMED), ...(rest > 0 ? [`${rest} more`] : [])].join('; ')
}

const waitLine = ({ oldest, now }: Team): PanelWidget | null =>
  oldest &&
  fact('Longest wait', howLong(now.getTime() - oldest.since.getTime()), formatNumber(oldest.number), {
    kind: 'open',
    ticketId: oldest.id,
  })
