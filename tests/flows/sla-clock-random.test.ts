import { test } from '@jest/globals'
import { seedOfRun } from '../support/random.ts'
import { expectAgreement } from '../support/sla-agreement.ts'

test('a promise that was kept binds no wait that begins in the same minute', () => {
  expectAgreement(216_275_139, 1)
})

test('random hours, zones and tickets: the clock says what a walk through every minute says', () => {
  expectAgreement(seedOfRun(), 30)
})
