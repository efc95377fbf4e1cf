import { expect, test } from '@jest/globals'
import type { StepKind, StepState } from '../../../../shared/combined-actions.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { mayOf } from './may.ts'

const NORA: StaffActor = { kind: 'staff', workspaceId: 'w', id: 'nora', name: 'Nora', role: 'agent' }

const parked = (...steps: [StepKind, StepState][]) =>
  mayOf(
    { state: 'parked', byId: NORA.id, keeperId: null, steps: steps.map(([kind, state]) => ({ kind, state })) },
    NORA,
  )

test('only what a form could plan again can be reviewed again', () => {
  expect(parked(['refund', 'done'], ['gift_card', 'refused'])).toContain('review_again')
  expect(parked(['refund', 'done'], ['tag', 'refused'])).not.toContain('review_again')
  expect(parked(['refund', 'done'], ['tag', 'refused'])).toContain('resume')
})
