import type { ActionView, StepState, StepView } from '../../../../shared/combined-actions.ts'
import { inWords } from '../../../../shared/money.ts'
import type { PanelButton, PanelCard, PanelPress, PanelSection, PanelWidget } from '../../../../shared/panel.ts'
import { button, buttons, fact, plain, present, remark, section, toTicket, warning } from '../../../platform/panel.ts'
import type { RefundMoney } from '../showing/refund-money.ts'
import { secondsUntil } from '../showing/running-actions.ts'

export type Progress = {
  view: ActionView
  /** In words, why a second person must agree. */
  causes: readonly string[]
  /** What Shopify tells the customer, as far as the action goes. */
  notices: readonly string[]
  /** What became of the refund's money; null while none was made. */
  money: RefundMoney | null
  /** What the one who said no wrote to the agent; null when nobody did. */
  refusal: { by: string; word: string } | null
  /** The page of the card that was issued, where its code is shown, mailed again or taken back; null without one. */
  giftCardUrl: string | null
  /** Whether nothing is written to Shopify at all for now. */
  paused: boolean
  me: string | null
  now: Date
  /** New for every drawing: the beginning of the keys of its presses. */
  key: string
  say: string | null
}

/** How far an action is, and what can be done about it. */
export function progressCard(progress: Progress): PanelCard {
  const { view, say } = progress
  return {
    title: `${TITLES[view.state]} · ${view.orderNumber}`,
    subtitle: [view.reason, whoseWords(progress)].join(' · '),
    sections: present(
      stateSection(progress),
      section('Steps', ...view.steps.map((step) => stepWidget(step, progress.giftCardUrl))),
      progress.notices.length > 0 ? section('The customer gets', plain(progress.notices.join('\n'))) : null,
      section(null, buttons(...lastButtons(progress))),
    ),
    say,
  }
}

/** Whose it is to look after, and who confirmed it where that is somebody else. */
function whoseWords({ view: { by, keeper }, me }: Progress): string {
  const whose = keeper.id === me ? 'yours' : keeper.name
  return keeper.id === by.id ? whose : `${whose}, confirmed by ${by.id === me ? 'you' : by.name}`
}

const TITLES: Record<ActionView['state'], string> = {
  waiting_approval: 'Waits for approval',
  undoable: 'About to begin',
  running: 'Running',
  parked: 'Stands still',
  done: 'Done',
  undone: 'Taken back',
  declined: 'Declined',
  stopped: 'Stopped',
}

function stateSection(progress: Progress): PanelSection | null {
  const { view } = progress
  const words = stateWords(progress)
  const row = actButtons(progress)
  const isTrouble = view.state === 'parked' || view.state === 'declined'
  return section(
    null,
    isTrouble ? warning(words) : plain(words),
    progress.paused && view.endedAt === null ? warning(PAUSED) : null,
    ...moneyWidgets(progress.money),
    view.state !== 'parked' && view.problem !== null ? warning(view.problem) : null,
    view.state === 'parked' ? remark(parkedHelp(view)) : null,
    row.length > 0 ? buttons(...row) : null,
  )
}

const PAUSED =
  'An admin has paused everything that is written to other systems. Nothing of this happens until they resume it; it goes on by itself then.'

/** A step is done when Shopify has made the refund; the bank may say no after that. */
const moneyWidgets = (money: RefundMoney | null): PanelWidget[] => [
  ...(money && money.failed.minor > 0
    ? [
        warning(
          `The bank turned down ${inWords(money.failed)}: the customer does not have it. Refund it in Shopify in another way.`,
        ),
      ]
    : []),
  ...(money && money.pending.minor > 0
    ? [remark(`The bank still works on ${inWords(money.pending)}: it is on its way, and not there yet.`)]
    : []),
]

const parkedHelp = ({ may, keeper }: ActionView): string =>
  [
    may.includes('resume') ? 'Resume goes on where it stopped.' : `${keeper.name} or a supervisor can go on with it.`,
    may.includes('review_again') ? 'Review again opens the form with what is not done.' : '',
    may.includes('undo') ? 'Nothing has left yet: Undo ends it.' : '',
    may.includes('stop') && !may.includes('undo') ? 'Stop here leaves what is done and does no more.' : '',
  ]
    .filter((line) => line !== '')
    .join(' ')

function stateWords({ view, causes, refusal, money, now }: Progress): string {
  const left = secondsUntil(view.leavesAt, now)
  const done = view.steps.filter(({ kind, state }) => state === 'done' && isNoticed(kind)).length
  switch (view.state) {
    case 'waiting_approval':
      return ['Nothing has left. Somebody must agree first.', ...causes].join(' ')
    case 'undoable':
      return left === null
        ? 'It begins now. Refresh to see how far it is.'
        : `It begins in ${left} ${left === 1 ? 'second' : 'seconds'}. Until then it can be taken back.`
    case 'running':
      return 'It is being done. Refresh to see how far it is; you can leave this card.'
    case 'parked':
      return view.problem ?? 'It stopped, and a person must look.'
    case 'done':
      return isAllThere(money) ? 'Everything is done.' : 'Every step is done.'
    case 'undone':
      return joined('It was taken back before anything left.', `Stopped: ${stopped(view)}.`, heldWords(view))
    case 'declined':
      return joined(
        refusal ? `${refusal.by} said no: ${refusal.word}` : 'It was not agreed to.',
        'Nothing has left.',
        heldWords(view),
      )
    case 'stopped':
      return done > 0
        ? 'It was stopped. What is done below stays done; the rest will not be done.'
        : 'It was stopped before anything was done.'
  }
}

const joined = (...words: string[]): string => words.filter((each) => each !== '').join(' ')

const isAllThere = (money: RefundMoney | null): boolean =>
  money === null || (money.failed.minor === 0 && money.pending.minor === 0)

/** How far goods that were held back are let go; nothing when none were. */
function heldWords({ steps }: ActionView): string {
  const release = steps.find(({ kind }) => kind === 'release')?.state
  if (release === undefined || release === 'dropped') return ''
  if (release === 'done') return 'Goods that were held back are free again.'
  return release === 'refused' || release === 'needs_person'
    ? 'Goods are still held back: let them go in Shopify.'
    : 'Goods that were held back are being let go.'
}

/** What will not happen, by the words that said it would. */
const stopped = ({ steps }: ActionView): string =>
  steps
    .filter(({ kind, state }) => isNoticed(kind) && state !== 'done')
    .map(({ words }) => words)
    .join('; ')

const isNoticed = (kind: StepView['kind']): boolean => !['hold', 'tag', 'release'].includes(kind)

const STEP_STATES: Record<StepState, string> = {
  planned: 'Not yet',
  running: 'Running',
  waiting: 'Shopify works on it',
  done: 'Done',
  refused: 'Refused',
  unknown: 'Sent, and no answer: it is looked up',
  needs_person: 'A person must look',
  dropped: 'Not done',
}

function stepWidget({ kind, state, words, problem, amount }: StepView, giftCardUrl: string | null): PanelWidget {
  const label = amount === null ? STEP_STATES[state] : `${STEP_STATES[state]} · ${amount.text}`
  const isCard = kind === 'gift_card' && state === 'done' && giftCardUrl !== null
  return fact(label, words, problem, isCard ? { kind: 'link', url: giftCardUrl } : null)
}

/** What goes on comes before what ends it; of a running action only Undo is offered. */
const ACTS = {
  resume: { label: 'Resume', path: 'resumption' },
  review_again: { label: 'Review again', path: 'revision' },
  undo: { label: 'Undo', path: 'undoing' },
  stop: { label: 'Stop here', path: 'stopping' },
} as const

function actButtons({ view, key }: Progress): PanelButton[] {
  const isOffered = (act: keyof typeof ACTS) => view.may.includes(act) && (act !== 'stop' || !view.may.includes('undo')) // while nothing has left, Undo is the same
  const offered = (Object.keys(ACTS) as (keyof typeof ACTS)[]).filter(isOffered)
  return offered.map((act, at) =>
    button(ACTS[act].label, pressOf(view.id, ACTS[act].path, `${key}-${act}`), { filled: at === 0 }),
  )
}

const pressOf = (actionId: string, path: string, key: string): PanelPress => ({
  kind: 'call',
  method: 'POST',
  path: `/v1/combined-actions/${actionId}/${path}`,
  key,
  lay: 'update',
})

function lastButtons({ view }: Progress): PanelButton[] {
  const isOver = view.endedAt !== null
  const answer = button(
    'Write the answer',
    { kind: 'draft', path: `/v1/combined-actions/${view.id}/reply-drafts` },
    { filled: isOver },
  )
  const refresh = button('Refresh', {
    kind: 'call',
    method: 'GET',
    path: `/v1/combined-actions/${view.id}/card`,
    key: null,
    lay: 'update',
  })
  const isMoving = !isOver || view.steps.some(({ kind, state }) => kind === 'release' && LETTING_GO.has(state))
  return [
    ...(view.may.includes('draft_answer') ? [answer] : []),
    ...(isMoving ? [refresh] : []),
    toTicket(view.ticketId),
  ]
}

/** After an action was taken back its goods are let go in their own time. */
const LETTING_GO: ReadonlySet<StepState> = new Set(['planned', 'running', 'waiting', 'unknown'])
