import { test } from '@jest/globals'
import { expectSameTickets } from '../support/threading/orders-of-arrival.ts'

test('many worlds: conversations of several customers over several mailboxes end on the same tickets in whatever order they come', async () => {
  await expectSameTickets(10)
})
