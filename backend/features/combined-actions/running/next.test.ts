import { expect, test } from '@jest/globals'
import type { ActionState, StepKind, StepState } from '../../../../shared/combined-actions.ts'
import type { LiveStep } from './looking.ts'
import { nextOf } from './next.ts'

const NOW = new Date('2026-11-21T10:00:00Z')
const LATER = new Date('2026-11-21T10:00:30Z')

const action = (state: ActionState, leavesAt: Date | null, steps: [StepKind, StepState][]) => ({
  state,
  leavesAt,
  steps: steps.map(([kind, its]) => ({ kind, state: its }) as LiveStep),
})

const after = (...given: Parameters<typeof action>): string => {
  const next = nextOf(action(...given), NOW)
  if (next.what === 'step') return next.step.kind
  return next.what === 'rest' && next.until ? 'later' : next.what
}

test.each<[ActionState, Date | null, [StepKind, StepState][], string]>([
  [
    'waiting_approval',
    null,
    [
      ['hold', 'planned'],
      ['refund', 'planned'],
    ],
    'hold',
  ],
  [
    'waiting_approval',
    null,
    [
      ['hold', 'done'],
      ['refund', 'planned'],
    ],
    'rest',
  ],
  [
    'undoable',
    LATER,
    [
      ['hold', 'unknown'],
      ['refund', 'planned'],
    ],
    'hold',
  ],
  [
    'undoable',
    LATER,
    [
      ['hold', 'done'],
      ['refund', 'planned'],
    ],
    'later',
  ],
  ['undoable', NOW, [['refund', 'planned']], 'leave'],
  [
    'running',
    NOW,
    [
      ['refund', 'done'],
      ['gift_card', 'planned'],
      ['tag', 'planned'],
    ],
    'gift_card',
  ],
  [
    'running',
    NOW,
    [
      ['refund', 'waiting'],
      ['gift_card', 'planned'],
    ],
    'refund',
  ],
  [
    'running',
    NOW,
    [
      ['refund', 'refused'],
      ['gift_card', 'planned'],
    ],
    'rest',
  ],
  [
    'running',
    NOW,
    [
      ['refund', 'needs_person'],
      ['gift_card', 'planned'],
    ],
    'rest',
  ],
  [
    'running',
    NOW,
    [
      ['refund', 'done'],
      ['tag', 'dropped'],
    ],
    'end',
  ],
  ['parked', NOW, [['refund', 'planned']], 'rest'],
  [
    'undone',
    null,
    [
      ['hold', 'unknown'],
      ['refund', 'dropped'],
      ['release', 'planned'],
    ],
    'hold',
  ],
  [
    'undone',
    null,
    [
      ['hold', 'done'],
      ['refund', 'dropped'],
      ['release', 'planned'],
    ],
    'release',
  ],
  [
    'undone',
    null,
    [
      ['hold', 'refused'],
      ['refund', 'dropped'],
      ['release', 'planned'],
    ],
    'release',
  ],
  [
    'stopped',
    null,
    [
      ['hold', 'done'],
      ['refund', 'needs_person'],
      ['release', 'planned'],
    ],
    'release',
  ],
  [
    'declined',
    null,
    [
      ['hold', 'done'],
      ['refund', 'dropped'],
      ['release', 'done'],
    ],
    'rest',
  ],
  ['done', NOW, [['refund', 'done']], 'rest'],
])('%s with %s and %j: %s', (state, leavesAt, steps, expected) => {
  expect(after(state, leavesAt, steps)).toBe(expected)
})
