import type { AgentStanding, AVAILABILITY_PRESSES } from '../../../shared/assignment.ts'
import type { PanelButton, PanelCard, PanelSection, PanelWidget } from '../../../shared/panel.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { newId } from '../../platform/ids.ts'
import { button, buttons, clockTime, fact, plain, present, remark, section } from '../../platform/panel.ts'
import type { CategoryLabels } from '../tickets/index.ts'
import type { StandingRow } from './standing.ts'
import { skillWords, standingWords } from './words.ts'

/** Of a team's people only so many fit on a card; all are on the page of settings. */
const SHOWN = 25

/** Who works on tickets, and what categories are called. */
export type Team = { agents: readonly AgentStanding[]; labels: CategoryLabels }

/** Oneself, and for who leads a team everybody else. */
export function availabilityCard({ agents, labels }: Team, me: StaffActor, say: string | null): PanelCard {
  const own = agents.find(({ staff }) => staff.id === me.id)
  const others = me.role === 'agent' ? [] : agents.filter(({ staff }) => staff.id !== me.id)
  return {
    title: 'Availability',
    subtitle: me.name,
    sections: present(
      own ? ownSection(own, labels) : section(null, remark('Your role is given no tickets.')),
      section(
        others.length > 0 ? 'Team' : null,
        ...others.slice(0, SHOWN).flatMap(personWidgets),
        others.length > SHOWN ? remark(`${others.length - SHOWN} more are on the settings page of assignment.`) : null,
      ),
    ),
    say,
  }
}

const ownSection = (own: AgentStanding, labels: CategoryLabels): PanelSection | null =>
  section(
    null,
    fact('You are', standingWords(own), own.saidAt && `since ${clockTime(new Date(own.saidAt))}`),
    fact('Customers who wait for you', `${own.load} of ${own.capacity}`),
    fact('You take', skillWords(own.skills, labels)),
    own.available
      ? buttons(press(own, 'away', 'Go away'), press(own, 'hand_back', 'Go and hand back'))
      : buttons(press(own, 'here', 'I am available', true), press(own, 'hand_back', 'Hand back')),
    remark(
      'Hand back: your tickets whose customer waits go to somebody else. What waits for the customer stays yours.',
    ),
  )

const personWidgets = (agent: AgentStanding): PanelWidget[] => [
  fact(agent.staff.name, `${standingWords(agent)} · ${agent.load} of ${agent.capacity}`),
  buttons(agent.available ? press(agent, 'away', 'Set away') : press(agent, 'here', 'Set available')),
]

const press = (
  { staff }: AgentStanding,
  to: (typeof AVAILABILITY_PRESSES)[number],
  label: string,
  filled = false,
): PanelButton =>
  button(
    label,
    {
      kind: 'call',
      method: 'POST',
      path: `/v1/availability-card?staff=${staff.id}&to=${to}`,
      key: newId(),
      lay: 'update',
    },
    { filled },
  )

function sentenceOf({ available, onBreak, offShift, load, capacity }: StandingRow): string {
  if (!available) return 'You are away: nobody gives you tickets.'
  if (onBreak) return 'You are on a break: nobody gives you tickets until you are back.'
  return offShift
    ? 'You are off shift: nobody gives you tickets until your next one.'
    : `You are available: ${load} of ${capacity} tickets.`
}

/** How the caller stands, for the homepage: where tickets are given, whether they get some; and the next one to take. */
export function standingSection(standing: StandingRow | null): PanelSection | null {
  if (standing === null) return null
  const { mode } = standing
  return section(
    null,
    mode === 'off' ? null : plain(sentenceOf(standing)),
    buttons(
      button('Take next', {
        kind: 'change',
        method: 'POST',
        path: '/v1/next-ticket',
        key: newId(),
        body: {},
        takes: [],
        say: 'It is yours',
      }),
      button('Availability', { kind: 'call', method: 'GET', path: '/v1/availability-card', key: null, lay: 'push' }),
    ),
  )
}
