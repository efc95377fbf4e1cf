import {
  listMailCertificates,
  listMailDifferences,
  startMailCount,
  takeMissedMail,
} from '../../../../shared/certificates.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { certificateIn, listCertificates, listDifferences } from './certificates.ts'
import { countNow } from './certifying.ts'
import { takeIn } from './taking-in.ts'

export const certificateRoutes: readonly Route<Ctx>[] = [
  route(listMailCertificates, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listCertificates(ctx, tx, query), { reads: true }),
  ),
  route(startMailCount, async (ctx: Ctx, { body, actor }) => {
    await countNow(ctx, body.mailboxId, actor)
    return { started: true }
  }),
  route(listMailDifferences, (ctx: Ctx, { params, query, actor }) =>
    inWorkspace(
      ctx,
      actor.workspaceId,
      async (tx) => {
        const { certificateId } = params
        if (!(await certificateIn(tx, certificateId))) throw new DeskError('not_found', 'There is no such certificate.')
        return listDifferences(ctx, tx, certificateId, query)
      },
      { reads: true },
    ),
  ),
  route(takeMissedMail, async (ctx: Ctx, { params, actor }) => {
    await takeIn(ctx, params.certificateId, params.gmail, actor)
    return { asked: true }
  }),
]
