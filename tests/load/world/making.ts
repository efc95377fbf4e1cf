import pg from 'pg'
import type { Ctx } from '../../../backend/context.ts'
import { addDomain, createWorkspace, inviteStaff } from '../../../backend/features/settings/index.ts'
import { systemOf } from '../../../backend/platform/actor.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { writeCards } from './cards.ts'
import type { WorldPlan } from './world.ts'
import { withoutWordIndex, writeSamples, writeTickets } from './writing.ts'

/** What the figures need to know of a world that is written; kept in the database, so that a half-written world has none. */
export type Written = { workspaces: { id: string; tickets: number }[]; cards: string[] }

/** Writes the world once; a database that has it is left as it is. */
export async function ensureWorld(
  ctx: Ctx,
  ownerUrl: string,
  plan: WorldPlan,
  say: (line: string) => void,
): Promise<Written> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('create table if not exists public.bench_world (written jsonb not null)')
    const { rows } = await client.query<{ written: Written }>('select written from public.bench_world')
    if (rows[0]) return rows[0].written
    const written = await write(ctx, client, plan, say)
    await client.query('insert into public.bench_world values ($1)', [JSON.stringify(written)])
    return written
  } finally {
    await client.end()
  }
}

async function write(ctx: Ctx, client: pg.Client, plan: WorldPlan, say: (line: string) => void): Promise<Written> {
  await client.query('select app.ensure_partitions(now())')
  await client.query('set session_replication_role = replica') // foreign keys hold by construction
  await writeSamples(client, plan)
  const buildWordIndex = await withoutWordIndex(client)
  const workspaces: Written['workspaces'] = []
  const sizes = [...plan.measured, ...Array.from({ length: plan.small.workspaces }, () => plan.small.tickets)]
  for (const [number, tickets] of sizes.entries()) {
    const id = await workspaceOf(ctx, plan, number)
    await writeTickets(client, plan, id, tickets)
    if (number < plan.measured.length) {
      workspaces.push({ id, tickets })
      say(`  ${tickets.toLocaleString('en')} tickets are written`)
    }
  }
  const big = workspaces.at(-1)
  if (!big) throw new Error('A world needs a measured workspace')
  const box = await inWorkspace(ctx, big.id, (tx) => ctx.keyring.box(tx), { reads: true })
  const cards = await writeCards(client, plan, big.id, box)
  await buildWordIndex()
  await client.query('vacuum (analyze)')
  await client.query('checkpoint')
  return { workspaces, cards }
}

async function workspaceOf(ctx: Ctx, plan: WorldPlan, number: number): Promise<string> {
  const { workspaceId } = await createWorkspace(ctx, `Shop ${number}`)
  const domain = `shop${number}.example`
  await addDomain(ctx, workspaceId, domain)
  const staff = number < plan.measured.length ? plan.staff : 2
  for (let person = 1; person <= staff; person++)
    await inviteStaff(
      ctx,
      workspaceId,
      { email: `agent${person}@${domain}`, name: `Agent ${person}`, role: 'agent' },
      systemOf(workspaceId),
    )
  return workspaceId
}
