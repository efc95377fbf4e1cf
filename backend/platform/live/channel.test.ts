import { once } from 'node:events'
import { expect, test } from '@jest/globals'
import { createChannel } from './channel.ts'
import { type Part, partId, type Stream } from './stream.ts'

/** Somebody who looks, and what they were sent. */
function looking() {
  const shown: string[] = []
  const ready = new EventTarget()
  const stream: Stream = {
    show({ bytes }: Part) {
      shown.push(/data: (.*)/.exec(bytes.toString())?.[1] ?? '')
      ready.dispatchEvent(new Event('part'))
    },
    note() {},
    end() {},
    drop() {},
    stuckSince: null,
  }
  return { stream, shown, next: () => once(ready, 'part') }
}

/** A part that shows one thing after another, each time it is made. */
function channelOf(...things: string[]) {
  let at = 0
  const make = async () => things[Math.min(at++, things.length - 1)] ?? ''
  return createChannel('list', make, (error) => {
    throw error
  })
}

test('whoever opens a page that is newer than what was made last never sees it go back', async () => {
  const channel = channelOf('three tickets', 'four tickets')
  const [before, after] = [looking(), looking()]
  channel.join(before.stream, null)
  await before.next()
  channel.join(after.stream, partId('four tickets'))
  await before.next()
  expect(before.shown).toEqual(['three tickets', 'four tickets'])
  expect(after.shown).toEqual([])
})

test('whoever comes back with what is old by now is shown what is new', async () => {
  const channel = channelOf('three tickets', 'four tickets')
  const [first, back] = [looking(), looking()]
  channel.join(first.stream, null)
  await first.next()
  channel.join(back.stream, partId('two tickets'))
  await back.next()
  expect(back.shown).toEqual(['four tickets'])
})

test('whoever shows what was made last is sent nothing, and who shows nothing is sent it at once', async () => {
  const channel = channelOf('three tickets')
  const [first, same, empty] = [looking(), looking(), looking()]
  channel.join(first.stream, null)
  await first.next()
  channel.join(same.stream, partId('three tickets'))
  channel.join(empty.stream, null)
  expect([same.shown, empty.shown]).toEqual([[], ['three tickets']])
})
