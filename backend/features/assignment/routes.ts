import {
  getAssignmentSettings,
  getAvailabilityCard,
  listAgents,
  pressAvailability,
  setAvailability,
  takeNext,
  writeAssignmentSettings,
  writeSkills,
} from '../../../shared/assignment.ts'
import type { Ctx } from '../../context.ts'
import { route } from '../../platform/route.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { personOf } from '../combined-actions/index.ts'
import { labelsIn, viewTicket } from '../tickets/index.ts'
import { availabilityCard, type Team } from './availability-card.ts'
import { sayAvailable, sayAvailableIn, saySkills } from './profiles.ts'
import { assignmentSettingsIn, writeAssignmentSettingsIn } from './settings.ts'
import { agentsIn } from './standing.ts'
import { takeNextTicket } from './taking-next.ts'

const teamIn = async (tx: Tx): Promise<Team> => ({ agents: await agentsIn(tx), labels: await labelsIn(tx) })

export const assignmentRoutes = [
  route(listAgents, async (ctx: Ctx, { actor }) => ({
    items: await inWorkspace(ctx, actor.workspaceId, (tx) => agentsIn(tx), { reads: true }),
  })),
  route(takeNext, async (ctx: Ctx, { actor }) => viewTicket(ctx, await takeNextTicket(ctx, personOf(actor)), actor)),
  route(setAvailability, (ctx: Ctx, { params, body, actor }) =>
    sayAvailable(ctx, params.staffId, body, personOf(actor)),
  ),
  route(writeSkills, (ctx: Ctx, { params, body, actor }) => saySkills(ctx, params.staffId, body, actor)),
  route(getAvailabilityCard, (ctx: Ctx, { actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => availabilityCard(await teamIn(tx), personOf(actor), null), {
      reads: true,
    }),
  ),
  route(pressAvailability, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => {
      const me = personOf(actor)
      const wish = { available: query.to === 'here', handBack: query.to === 'hand_back' }
      const { staff } = await sayAvailableIn(tx, query.staff, wish, me)
      const whose = staff.id === me.id ? 'You are' : `${staff.name} is`
      return availabilityCard(await teamIn(tx), me, `${whose} ${wish.available ? 'available' : 'away'}`)
    }),
  ),
  route(getAssignmentSettings, (ctx: Ctx, { actor }) =>
    inWorkspace(ctx, actor.workspaceId, assignmentSettingsIn, { reads: true }),
  ),
  route(writeAssignmentSettings, (ctx: Ctx, { body, actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) =>
      writeAssignmentSettingsIn(tx, await ctx.keyring.box(tx), body, actor),
    ),
  ),
]
