import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Desk, startDesk } from '../support/desk.ts'
import { checkSamples, type Line, totals, type Wrong } from './corpora/checking.ts'
import { halfOf, readSets, type Sample } from './corpora/sets.ts'
import { tableOf } from './corpora/table.ts'

const SAMPLES = fileURLToPath(new URL('./samples', import.meta.url))

let desk: Desk
let samples: Sample[]
let lines: Line[]
let wrong: Wrong[]
beforeAll(async () => {
  desk = await startDesk()
  samples = readSets(SAMPLES)
  const checked = await checkSamples(desk, samples)
  lines = checked.lines
  wrong = checked.wrong
})
afterAll(() => desk.stop())

const scoresOf = (set: string, reader: string) => {
  const sum = { files: 0, right: 0, of: 0 }
  for (const line of lines.filter((one) => one.set === set && one.reader === reader)) {
    sum.files += line.files
    for (const { right, of } of Object.values(line.scores)) {
      sum.right += right
      sum.of += of
    }
  }
  return sum
}

test('mails go through the whole desk, and each column that is expected is compared', () => {
  expect(scoresOf('plain', 'sidedesk')).toEqual({ files: 4, right: 14, of: 14 })
  const ours = totals(lines).filter(({ reader }) => reader === 'sidedesk')
  expect(ours.map(({ lost, quarantined }) => lost + quarantined)).toEqual(ours.map(() => 0))
})

test('a body alone goes to the trimmer, and an expectation that is not met is counted as wrong', () => {
  expect(scoresOf('bodies', 'sidedesk')).toEqual({ files: 3, right: 2, of: 3 })
  expect(wrong.map(({ sample, column }) => [sample.name, column])).toEqual([['wrong.txt', 'reply']])
})

test('plain libraries are run beside it: what they do not tell is a dash, what nobody expects is unchecked', () => {
  expect(scoresOf('plain', 'planer').of).toBe(2)
  expect(scoresOf('plain', 'postal-mime').of).toBe(4)
  const table = tableOf(lines)
  expect(table).toMatch(/bodies .* sidedesk .*unchecked/)
  expect(table).toMatch(/plain .* planer .*-/)
})

test('the last digit of its SHA-256 says whether a file is for tuning or gives the figure', () => {
  expect(halfOf('')).toBe('odd') // e3b0…b855
  expect(halfOf('abc')).toBe('odd') // ba78…15ad
  expect(halfOf('a')).toBe('odd') // ca97…48bb
  expect(halfOf('hello')).toBe('even') // 2cf2…9824
  expect(samples.every(({ bytes, half }) => halfOf(bytes) === half)).toBe(true)
})
