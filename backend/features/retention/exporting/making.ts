import { objectKey } from '../../../clients/objects/index.ts'
import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { customerExportReady } from '../events.ts'
import { PART } from './parts.ts'
import { recordOf, ticketsOf } from './telling.ts'
import { writeTicket } from './ticket-files.ts'
import { zipInto } from './zip.ts'

/** For how long a ready export can be taken. */
export const KEPT_HOURS = 24

/** Makes the file of an export. A process that dies on the way is followed by another attempt, from the beginning. */
export async function makeExport(ctx: Ctx, workspaceId: string, exportId: string): Promise<void> {
  const where = { workspaceId_id: { workspaceId, id: exportId } }
  const wanted = await inWorkspace(ctx, workspaceId, (tx) => tx.customerExport.findUnique({ where }), { reads: true })
  if (wanted?.state !== 'waiting') return
  const { customerId } = wanted
  const id = newId(ctx.clock.now())
  const size = await writeFile(ctx, workspaceId, { customerId, id })
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const endsAt = new Date(tx.now.getTime() + KEPT_HOURS * 3_600_000)
    const { count } = await tx.customerExport.updateMany({
      where: { workspaceId, id: exportId, state: 'waiting' },
      data: { state: 'ready', readyAt: tx.now, endsAt, size: BigInt(size) },
    })
    if (count === 0) return // somebody else was quicker, or the customer is forgotten: the sweeper takes the object
    await tx.customerExportPart.create({ data: { workspaceId, exportId, position: 0, id } })
    await record(tx, [customerExportReady({ customerId, exportId, bytes: size, by: systemOf(workspaceId) })])
  })
}

/** @returns the bytes of the ZIP */
async function writeFile(
  ctx: Ctx,
  workspaceId: string,
  { customerId, id }: { customerId: string; id: string },
): Promise<number> {
  const box = await inWorkspace(ctx, workspaceId, (tx) => ctx.keyring.box(tx), { reads: true })
  const writer = await ctx.objects.write(objectKey(workspaceId, id))
  try {
    const sealer = box.sealer(PART, id)
    let size = 0
    const zip = zipInto(async (bytes) => {
      size += bytes.length
      const sealed = sealer.add(bytes)
      if (sealed.length > 0) await writer.write(sealed)
    })
    await zip.add('READ-ME.txt', README)
    await zip.add('customer.json', JSON.stringify(await recordOf(ctx, workspaceId, customerId), null, 2))
    for await (const ticket of ticketsOf(ctx, workspaceId, customerId))
      await writeTicket(ctx, workspaceId, box, zip, ticket)
    await zip.end()
    await writer.write(sealer.end())
    await writer.finish()
    return size
  } catch (error) {
    await writer.abort()
    throw error
  }
}

const README = `customer.json   name, addresses, phone numbers, fields, tasks, orders, and what was given back
tickets/        a folder for each ticket: ticket.json, messages.jsonl (one message a line, notes of the team among them),
                mails/ (what the customer sent, as it came), files/ (what was attached)
Codes of gift cards are masked. Files that a virus scanner stopped, and files that are gone, are left out; messages.jsonl names them.
`
