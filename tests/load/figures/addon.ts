import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lookUpTicket } from '../../../shared/tickets.ts'
import { buildAddon } from '../../../toolchain/build-addon.ts'
import { startAddon } from '../../bundle/support/addon.ts'
import { message, ticketView } from '../../bundle/support/views.ts'
import { type Figure, figure, quantiles } from '../figure.ts'

const WARM_UP = 5
const COUNT = 60
const MESSAGES = 20

/** The bundle as clasp would push it, and one ticket card: a fresh Apps Script context, one fetch, the card as JSON. */
export async function measureAddon(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sidedesk-bundle-'))
  const { code } = await buildAddon({ backendUrl: 'https://desk.example.com', outDir: folder })
  await rm(folder, { recursive: true })
  const times = await cardTimes()
  const [p50, p90] = quantiles(times, [0.5, 0.9])
  return [
    figure('add-on bundle', Buffer.byteLength(code) / 1_000, 'kB', { aim: '< 60' }),
    figure('one card in the Apps Script runtime, p50', p50, 'ms', {
      note: `p90 ${p90.toFixed(0)} ms; fresh context, one answer of a stand-in backend`,
    }),
  ]
}

async function cardTimes(): Promise<number[]> {
  const addon = await startAddon()
  try {
    const messages = Array.from({ length: MESSAGES }, (_, number) =>
      message(number, 'The jar arrived broken. '.repeat(15)),
    )
    addon.backend.on(lookUpTicket, () => ({ ticket: ticketView({ messages, messageCount: MESSAGES }), key: 'key' }))
    const mail = await addon.mailArrives('Broken jar', 'The jar arrived broken.')
    const times: number[] = []
    for (let number = 0; number < WARM_UP + COUNT; number++) {
      const { panel, card } = addon.panelOf()
      const started = performance.now()
      await panel.openMessage(mail)
      if (number >= WARM_UP) times.push(performance.now() - started)
      if (!card().header?.title?.startsWith('TKT-')) throw new Error('The measured card is not a ticket card')
    }
    return times
  } finally {
    await addon.close()
  }
}
