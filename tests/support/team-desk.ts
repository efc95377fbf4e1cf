import { ownerOf } from './database.ts'
import { shiftsAt } from './shift-desk.ts'
import { FERN, startShopDesk } from './shop.ts'
import { wallAt } from './wall-desk.ts'
import { workAt } from './work-desk.ts'

export type TeamDesk = Awaited<ReturnType<typeof startTeamDesk>>

/** A desk with a shop, whose team comes and goes. */
export async function startTeamDesk() {
  const desk = await startShopDesk({ connect: [FERN] })
  const owner = await ownerOf(desk.database)
  const [work, wall, shifts] = [workAt(desk), wallAt(desk, owner), shiftsAt(desk)]
  return {
    desk,
    owner,
    work,
    wall,
    shifts,
    /** Nobody is at work or planned, and nothing waits. */
    async empty(): Promise<void> {
      for (const table of ['intake_certificate', 'reconciliation', 'left_ticket'])
        await owner.query(`delete from desk.${table}`)
      await shifts.empty()
      await work.empty()
      await wall.empty()
    },
    async stop(): Promise<void> {
      await owner.end()
      await desk.stop()
    },
  }
}
