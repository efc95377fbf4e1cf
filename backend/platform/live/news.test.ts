import { expect, test } from '@jest/globals'
import type { Fact } from '../events.ts'
import { bothNews, isAbout, newsOf, packNews, readNews } from './news.ts'

const WORKSPACE = '01890000-0000-7000-8000-000000000001'
const idOf = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const fact = (type: string, ticketId: string | null, historical = false): Fact => ({
  type,
  ticketId,
  historical,
  payload: { word: 'secret' },
  by: { kind: 'system', id: null },
  occurredAt: undefined,
})

test('news name kinds and tickets, and come out of a notification as they went in', () => {
  const news = newsOf([fact('ticket.moved', idOf(1)), fact('work.began', null), fact('ticket.moved', idOf(2))])
  expect(readNews(packNews(WORKSPACE, news))).toEqual({
    workspaceId: WORKSPACE,
    news: { kinds: new Set(['ticket.moved', 'work.began']), tickets: new Set([idOf(1), idOf(2)]) },
  })
  const quiet = newsOf([fact('work.began', null)])
  expect(readNews(packNews(WORKSPACE, quiet))?.news.tickets).toEqual(new Set())
  expect(packNews(WORKSPACE, news)).not.toContain('secret')
})

test('history is news to nobody', () => {
  expect(newsOf([fact('ticket.created', idOf(1), true)])).toEqual({ kinds: new Set(), tickets: new Set() })
})

test('of many tickets nobody knows whether theirs is among them, so they look', () => {
  const few = newsOf([fact('ticket.moved', idOf(1))])
  const many = newsOf(Array.from({ length: 101 }, (_, n) => fact('ticket.moved', idOf(n))))
  expect(isAbout(few, idOf(2))).toBe(false)
  expect(many.tickets).toBe('many')
  expect(isAbout(many, idOf(500))).toBe(true)
  expect(isAbout(bothNews(few, many), idOf(500))).toBe(true)
  expect(readNews(packNews(WORKSPACE, many))?.news.tickets).toBe('many')
})

test('a notification is as short as PostgreSQL wants it, whatever happened', () => {
  const kinds = Array.from({ length: 150 }, (_, n) => fact(`some.thing_that_happened_${n}`, idOf(n % 100)))
  const text = packNews(WORKSPACE, newsOf(kinds))
  expect(Buffer.byteLength(text)).toBeLessThan(8_000)
})

test('what somebody else wrote on the channel is passed over', () => {
  for (const text of ['', 'hello', 'hello world']) expect(readNews(text)).toBeNull()
})
