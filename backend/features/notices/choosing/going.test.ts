import { expect, test } from '@jest/globals'
import { NOTICE_KINDS, NOTICE_WAYS, type NoticeKind, waysFor } from '../../../../shared/notices.ts'
import { goingOf } from './going.ts'

const KINDS = Object.keys(NOTICE_KINDS) as NoticeKind[]
const there = { quiet: false, canPush: true }

test('a choice is kept: a mail, a push, both, or a place in the digest', () => {
  const ways = NOTICE_WAYS.map((way) => goingOf('mention', { ...there, way }))
  expect(ways).toEqual([
    { waits: null, mail: true, push: false },
    { waits: null, mail: false, push: true },
    { waits: null, mail: true, push: true },
    { waits: 'digest', mail: false, push: false },
    { waits: null, mail: false, push: false },
  ])
})

test('without a browser that takes it a push comes by mail, once', () => {
  for (const way of ['push', 'both'] as const)
    expect(goingOf('mention', { way, quiet: false, canPush: false })).toEqual({ waits: null, mail: true, push: false })
})

test('off shift everything waits but what was switched off', () => {
  for (const way of NOTICE_WAYS)
    expect(goingOf('mention', { way, quiet: true, canPush: true })).toEqual({
      waits: way === 'off' ? null : 'quiet',
      mail: false,
      push: false,
    })
})

test('who chose nothing is told what they were always told', () => {
  const mailed = KINDS.filter((kind) => goingOf(kind, { ...there, way: null }).mail)
  expect(KINDS.filter((kind) => !mailed.includes(kind))).toEqual(['assignment', 'forgotten', 'certificate'])
})

test('approvals, own actions that stand still, refused money and a mailbox that cannot be read cannot be switched off', () => {
  expect(KINDS.filter((kind) => !waysFor(kind).includes('off'))).toEqual(['approval', 'parked', 'money', 'mailbox'])
  for (const kind of KINDS) expect(waysFor(kind)).toContain(NOTICE_KINDS[kind].usual)
})
