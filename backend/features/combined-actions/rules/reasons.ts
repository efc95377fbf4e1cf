import { z } from 'zod'
import { ReasonCode } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { reasonCodeWritten } from './rule-events.ts'

const MOST = 200

type Words = { en: string; de: string }
type Codes = Pick<ReasonCode, 'cancelReason' | 'discrepancy'>

const reason = (id: string, labels: Words, codes: Codes, needsText = false): ReasonCode => ({
  id,
  labels,
  ...codes,
  needsText,
  retired: false,
})

const DAMAGE: Codes = { cancelReason: 'OTHER', discrepancy: 'DAMAGE' }
const OTHER: Codes = { cancelReason: 'OTHER', discrepancy: 'OTHER' }

/** What a workspace has until it writes one of its own. */
export const DEFAULT_REASONS: readonly ReasonCode[] = [
  reason('spilled', { en: 'Spilled or leaked', de: 'Ausgelaufen' }, DAMAGE),
  reason('damaged', { en: 'Damaged', de: 'Beschädigt' }, DAMAGE),
  reason('lost_in_post', { en: 'Lost in the post', de: 'Auf dem Versandweg verloren' }, OTHER),
  reason('wrong_item', { en: 'Wrong item', de: 'Falscher Artikel' }, { cancelReason: 'STAFF', discrepancy: 'OTHER' }),
  reason('late', { en: 'Too late', de: 'Zu spät' }, OTHER),
  reason(
    'changed_mind',
    { en: 'Changed their mind', de: 'Meinung geändert' },
    {
      cancelReason: 'CUSTOMER',
      discrepancy: 'CUSTOMER',
    },
  ),
  reason('quality', { en: 'Quality', de: 'Qualität' }, DAMAGE),
  reason('not_as_described', { en: 'Not as described', de: 'Nicht wie beschrieben' }, OTHER),
  reason('goodwill', { en: 'Goodwill', de: 'Kulanz' }, OTHER),
  reason('other', { en: 'Something else', de: 'Etwas anderes' }, OTHER, true),
]

const Labels = z.record(z.string(), z.string())

/** In their order, retired ones last. */
export async function reasonsIn(tx: Tx): Promise<ReasonCode[]> {
  const rows = await tx.reasonCode.findMany({
    where: { workspaceId: tx.workspaceId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    take: MOST,
  })
  if (rows.length === 0) return [...DEFAULT_REASONS]
  const reasons = rows.map(({ id, labels, cancelReason, discrepancy, needsText, retiredAt }) =>
    ReasonCode.parse({
      id,
      labels: Labels.parse(labels),
      cancelReason,
      discrepancy,
      needsText,
      retired: retiredAt !== null,
    }),
  )
  return [...reasons.filter(({ retired }) => !retired), ...reasons.filter(({ retired }) => retired)]
}

/** @throws DeskError not_found */
export function reasonFor(reasons: readonly ReasonCode[], id: string): ReasonCode {
  const found = reasons.find((one) => one.id === id)
  if (!found) throw new DeskError('not_found', `There is no reason «${id}».`)
  return found
}

/** In the language, or else in English. @param language two letters */
export const labelOf = ({ labels, id }: Pick<ReasonCode, 'labels' | 'id'>, language = 'en'): string =>
  labels[language] ?? labels['en'] ?? id

/** Creates, rewords or retires: what was once used is never deleted, because figures name it. */
export const writeReason = (ctx: Ctx, code: string, words: Omit<ReasonCode, 'id'>, by: Actor): Promise<ReasonCode> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const written = ReasonCode.safeParse({ id: code, ...words })
    if (!written.success)
      throw new DeskError('invalid_request', written.error.issues[0]?.message ?? 'This is no reason code.')
    await keepDefaults(tx)
    const known = await reasonsIn(tx)
    refuseTooMany(known, written.data)
    await put(tx, written.data, known.length)
    await record(tx, [reasonCodeWritten({ code, retired: words.retired, by })])
    const before = known.find(({ id }) => id === code)
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'reason_codes', before, after: written.data, by })
    return written.data
  })

/** The first change of a workspace makes the reasons its own. */
async function keepDefaults(tx: Tx): Promise<void> {
  if ((await tx.reasonCode.count({ where: { workspaceId: tx.workspaceId } })) > 0) return
  await tx.reasonCode.createMany({
    data: DEFAULT_REASONS.map(({ retired: _, ...one }, position) => ({
      ...one,
      position,
      workspaceId: tx.workspaceId,
    })),
    skipDuplicates: true,
  })
}

function refuseTooMany(known: readonly ReasonCode[], written: ReasonCode): void {
  const others = known.filter(({ id }) => id !== written.id)
  if (others.length >= MOST)
    throw new DeskError('invalid_request', `A workspace keeps at most ${MOST} reasons. Reword one that is retired.`)
  if (written.retired && others.every(({ retired }) => retired))
    throw new DeskError('invalid_request', 'One reason must stay in use. Add another before you retire this one.')
}

async function put(tx: Tx, { id, retired, ...words }: ReasonCode, position: number): Promise<void> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  const row = { ...words, retiredAt: retired ? tx.now : null }
  await tx.reasonCode.upsert({ where, create: { ...row, workspaceId: tx.workspaceId, id, position }, update: row })
}
