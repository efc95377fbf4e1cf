import { expect, test } from '@jest/globals'
import { axisOf } from './axis.ts'
import { CHART_STYLE, paletteOf } from './colours.ts'
import { draw } from './drawing.ts'
import { cut, stepOf } from './options.ts'
import type { Picture, Series } from './picture.ts'
import { printed } from './printing.ts'

const WEEKS = ['24 Aug', '31 Aug', '7 Sept', '14 Sept', '21 Sept', '28 Sept', '5 Oct']

const picture = (more: Partial<Picture> = {}): Picture => ({
  kind: 'line',
  title: 'Tickets in',
  words: 'By week, 24 Aug to 5 Oct.',
  places: WEEKS,
  series: [{ name: 'Tickets in', values: [3, 9, 4, null, 7, 8, 2] }],
  unit: { kind: 'number' },
  ...more,
})

const many = (names: readonly string[], places = WEEKS): Series[] =>
  names.map((name, at) => ({ name, values: places.map((_, n) => (at + 1) * (n + 1)) }))

const NAMES = ['Delivery', 'Damaged', 'Refund', 'Where is it', 'Wholesale', 'Other', 'Press', 'Jobs']
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

const KINDS: [string, Picture, number][] = [
  ['a line', picture(), 3_000],
  ['three lines', picture({ series: many(NAMES.slice(0, 3)) }), 5_000],
  ['a stack of eight', picture({ kind: 'stack', series: many(NAMES) }), 9_000],
  [
    'bars',
    picture({
      kind: 'bar',
      places: NAMES,
      series: many(['Tickets'], NAMES).map((one) => ({ ...one, words: one.values.map(String) })),
    }),
    4_000,
  ],
  [
    'a week by hours',
    picture({ kind: 'heat', places: HOURS, series: many(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], HOURS) }),
    20_000,
  ],
]

test.each(KINDS)('%s is small, says what it shows, and holds nothing that a page must not', async (_, given, most) => {
  const svg = await draw(given, 'one')
  expect(svg.length).toBeLessThan(most)
  expect(svg).toContain('role="img" aria-labelledby="one-title one-words"')
  expect(svg).toContain('<title id="one-title">Tickets in</title><desc id="one-words">By week, 24 Aug to 5 Oct.</desc>')
  expect(svg).not.toMatch(/<style|<script|<foreignObject|\son\w+=|ecmeta|class="zr|url\(|NaN|undefined/)
})

test('what is not of a whole stretch of time is drawn fainter, as a line and as a bar', async () => {
  const whole = await draw(picture(), 'one')
  const cut = await draw(picture({ partial: [6] }), 'one')
  expect(whole).not.toContain('opacity')
  expect(cut.match(/stroke-opacity="0.45"/g)).toHaveLength(1)
  const stacked = await draw(picture({ kind: 'stack', series: many(NAMES.slice(0, 2)), partial: [0, 6] }), 'one')
  expect(stacked.match(/fill-opacity="0.45"/g)).toHaveLength(4)
  expect((await printed(cut, { width: 640 })).subarray(1, 4).toString()).toBe('PNG')
})

test.each([
  ['six short names', NAMES.slice(0, 6)],
  [
    'eight names of people',
    [
      'Owen Price',
      'June Castellanos',
      'Tess Bakker',
      'Nora Lindqvist',
      'Mirjam Vogel',
      'Hamid Rahimi',
      'Sam Okafor',
      'Ruth Adeyemi',
    ],
  ],
  [
    'eight names in capitals',
    ['OWEN', 'JUNE', 'TESS MMWW', 'NORA', 'MIRJAM', 'HAMID', 'SAM', 'RUTH ADEYEMI'].map((name) => name.repeat(2)),
  ],
] as const)('the names of series stand above the chart, however many lines they take: %s', async (_, names) => {
  const svg = await draw(picture({ kind: 'stack', series: many(names) }), 'one')
  const lines = [...svg.matchAll(/<text([^>]*) transform="translate\([\d.]+ ([\d.]+)\)"[^>]*>([^<]*)</g)].map(
    ([, before = '', moved, words = '']) => ({
      words,
      y: Number(moved) + Number(/ y="([\d.]+)"/.exec(before)?.[1] ?? 0),
    }),
  )
  const legend = lines.filter(({ words }) => names.some((name) => cut(name) === words))
  const others = lines.filter((line) => !legend.includes(line))
  expect(legend).toHaveLength(names.length)
  const middles = { legend: Math.max(...legend.map(({ y }) => y)), next: Math.min(...others.map(({ y }) => y)) }
  expect(middles.next - middles.legend).toBeGreaterThan(13) // letters are 11 high
})

test.each(KINDS)('%s has the colours of the page, which are declared for light, dark and paper', async (_, given) => {
  const svg = await draw(given, 'one')
  const names = [...svg.matchAll(/var\(--([\w-]+)\)/g)].map(([, name = '']) => name)
  expect(names.length).toBeGreaterThan(3)
  for (const scheme of ['light', 'dark'] as const)
    expect(names.filter((name) => !paletteOf(scheme).has(name))).toEqual([])
  expect(svg.match(/(?:fill|stroke)="(?!none|var\()[^"]*"/g)).toBeNull()
  expect(CHART_STYLE.match(/--series-0:/g)).toHaveLength(3)
})

test('the same picture is the same text, whatever was drawn before it', async () => {
  const first = await draw(picture(), 'one')
  await draw(picture({ kind: 'bar' }), 'two')
  expect(await draw(picture(), 'one')).toBe(first)
})

test('words of a picture are words, whatever they contain', async () => {
  const evil = '<script>"&\u0027</script>'
  const svg = await draw(
    picture({ title: evil, words: evil, series: many([evil, evil.slice(1)]), places: WEEKS.map(() => evil) }),
    'one',
  )
  expect(svg).not.toContain('<script')
  expect(svg).toContain('&lt;script&gt;')
})

test('where there is nothing to make a figure of is a gap, and a value between two gaps a dot', async () => {
  const gap = await draw(picture({ series: [{ name: 'a', values: [1, 2, 3, null, 3, 2, 1] }] }), 'one')
  expect(gap).toMatch(/d="M[^"]*M[^"]*"/)
  const lonely = [null, 2, null, null, null, null, null]
  const dot = await draw(picture({ series: [{ name: 'a', values: lonely }] }), 'one')
  const none = await draw(picture({ series: [{ name: 'a', values: lonely.map(() => null) }] }), 'one')
  expect(dot.length).toBeGreaterThan(none.length)
})

test('nothing at all is drawn without an error', async () => {
  for (const kind of ['line', 'bar', 'stack', 'heat'] as const)
    expect(await draw(picture({ kind, places: [], series: [] }), 'none')).toContain('</svg>')
})

test('an axis counts lengths in what fits, shares in hundredths, and money in its currency', () => {
  const axis = (unit: Picture['unit'], ...values: number[]) => axisOf({ unit, series: [{ name: '', values }] })
  expect(axis({ kind: 'length' }, 0.05).label(30)).toBe('30 min')
  expect(axis({ kind: 'length' }, 1.5).scale).toBe(24)
  expect(axis({ kind: 'length' }, 9).label(4)).toBe('4 d')
  expect(axis({ kind: 'length', inHours: true }, 181).label(4_000)).toBe('4,000 h')
  expect(axis({ kind: 'share' }, 0.5).label(50)).toBe('50 %')
  expect(axis({ kind: 'money', currency: 'GBP' }, 5).label(45.2)).toBe('£45.20')
  expect(axis({ kind: 'money', currency: 'GBP' }, 5).label(45)).toBe('£45')
  expect(axis({ kind: 'money', currency: 'JPY' }, 5).label(12_000)).toBe('¥12K')
  expect(axis({ kind: 'money', currency: 'USDC' }, 5).label(3)).toBe('USDC 3')
  expect(axis({ kind: 'number' }, 3, 4).whole).toBe(true)
  expect(axis({ kind: 'number' }, 3.5).whole).toBe(false)
})

test('of a square only nothing is empty, and only the most is darkest', () => {
  expect([0, 1, 20, 50, 99, 100].map((value) => stepOf(value, 100))).toEqual([0, 1, 1, 3, 5, 5])
  expect(stepOf(0, 0)).toBe(0)
})

test('a long name is cut where it still fits', () => {
  expect(cut('Nora Lindqvist')).toBe('Nora Lindqvist')
  expect(cut('A very long name of somebody')).toBe('A very long name of som…')
})

test('a chart is printed as a PNG with letters, without a font of the machine', async () => {
  const svg = await draw(picture(), 'one')
  const png = await printed(svg, { width: 800 })
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBe(800)
  const letterless = await printed(svg.replaceAll(/<text[\s\S]*?<\/text>/g, ''), { width: 800 })
  expect(png.length).toBeGreaterThan(letterless.length + 1_000)
  expect((await printed(svg, { width: 800, scheme: 'dark' })).equals(png)).toBe(false)
})

test('a colour that nobody declared is an error, not black', async () => {
  await expect(printed('<svg xmlns="http://www.w3.org/2000/svg"><path fill="var(--none)"/></svg>')).rejects.toThrow(
    'none',
  )
})
