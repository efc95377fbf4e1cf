import { parseArgs } from 'node:util'
import { startDesk } from '../../support/desk.ts'
import globalSetup from '../../support/global-setup.ts'
import globalTeardown from '../../support/global-teardown.ts'
import { checkSamples, totals } from './checking.ts'
import { readSets } from './sets.ts'
import { tableOf } from './table.ts'

/** Runs a folder of mails with expected values through a whole desk and prints how often it was right, beside plain libraries. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { wrong: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
})
const [folder] = positionals
if (folder === undefined) {
  console.error('Which folder? npm run check:corpora -- FOLDER [--wrong] [--json]')
  process.exit(1)
}
const samples = readSets(folder)
const mails = samples.filter(({ kind }) => kind === 'mail').length
console.error(
  `${samples.length} samples: ${mails} mails for the intake, ${samples.length - mails} bodies for the trimmer`,
)
await globalSetup()
const desk = await startDesk({ env: { LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent' } })
let failed = true
try {
  const { lines, wrong } = await checkSamples(desk, samples)
  const sums = totals(lines)
  console.log(values.json ? JSON.stringify([...lines, ...sums], null, 1) : tableOf([...lines, ...sums].sort(byPlace)))
  // The odd half is not for looking at: whoever tunes by it has no figure any more.
  if (values.wrong)
    for (const { sample, column, found } of wrong.filter(({ sample: { half } }) => half === 'even'))
      console.log(
        `\n${sample.set}/${sample.name} ${column}\n  expected ${JSON.stringify(sample.expected[column])}\n  found    ${JSON.stringify(found[column])}`,
      )
  failed = sums.some(({ reader, lost }) => reader === 'sidedesk' && lost > 0)
} finally {
  await desk.stop()
  await globalTeardown()
}
process.exit(failed ? 1 : 0)

function byPlace(one: { set: string; half: string }, other: { set: string; half: string }): number {
  const last = (set: string) => (set === 'all sets' ? '\uFFFF' : set)
  return last(one.set).localeCompare(last(other.set)) || one.half.localeCompare(other.half)
}
