import type { QueueName } from '../../../shared/queues.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { NOBODY } from '../../platform/asking.ts'
import { ON_CARD } from './card/showing.ts'
import { queueSql } from './reading.ts'

/** Views that are opened all day, and which one where there are several of a kind: all of these have the same text. */
const OPENED: readonly (readonly [QueueName, string | null])[] = [
  ['mine', null],
  ['unassigned', null],
  ['breaching', null],
  ['unanswered', null],
  ['open', null],
  ['status', 'open'],
  ['category', 'other'],
  ['solved', null],
]

/** The first pages of views as the homepage asks for them, of nobody. */
export const queuesAhead = (): Prisma.Sql[] =>
  OPENED.map(([view, of]) =>
    queueSql(
      { view, of },
      { workspaceId: NOBODY, me: NOBODY, now: new Date(0) },
      { place: null, limit: ON_CARD + 1, counts: true },
    ),
  )
