import { createWriter } from '../../backend/features/analytics/index.ts'
import { lakeToRead } from '../../backend/features/analytics/lake/places/opening.ts'
import type { LakePlace } from '../../backend/features/analytics/lake/places/reading.ts'
import { createPool } from '../../backend/platform/database.ts'
import { createTicket, type TicketCardView } from '../../shared/tickets.ts'
import type { Desk } from './desk.ts'

/** The nth ticket of a desk whose figures are looked at. */
export const openTicket = (desk: Pick<Desk, 'as' | 'clock'>, n: number): Promise<TicketCardView> =>
  desk.as('nora').call(createTicket, {
    body: {
      messageId: `<m${n}@ada.example>`,
      subject: 'Jar',
      from: 'ada@ada.example',
      sentAt: desk.clock.now().toISOString(),
      text: 'Broken.',
    },
  })

export type LakeOfDesk = {
  /** Lets the desk come to rest, and brings all of it into the lake. */
  pull(): Promise<void>
  /** Puts together what waits for it. */
  tidy(): Promise<boolean>
  dir: string
  place: LakePlace
  stop(): Promise<void>
}

/** The writer of a desk's lake, which does what it is told when it is told. @param dir of another lake of the same desk */
export function lakeOf(desk: Pick<Desk, 'ctx' | 'database' | 'settle'>, dir = desk.ctx.config.lake.dir): LakeOfDesk {
  const { config } = desk.ctx
  const ctx = { ...desk.ctx, config: { ...config, lake: { ...config.lake, dir } } }
  const pool = createPool(desk.database.lakeUrl, 1, desk.ctx.log)
  const writer = createWriter(ctx, pool)
  return {
    async pull() {
      await desk.settle()
      if (!(await writer.pull())) throw new Error('Another writer has the lake')
    },
    tidy: () => writer.tidy(),
    dir,
    place: lakeToRead(ctx.config.lake, null),
    async stop() {
      await writer.stop()
      if (!pool.ending) await pool.end()
    },
  }
}
