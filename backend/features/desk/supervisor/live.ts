import { LEADS, type StaffRole } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { html, htmlOf } from '../../../platform/html.ts'
import type { LiveTopic } from '../../../platform/live/hub.ts'
import { livePart, livePlace, type Visit } from '../../settings/index.ts'
import { sectionsView } from '../panel/sections.ts'
import { readTeam } from './reading.ts'
import { teamSection } from './section.ts'

const PATH = '/desk/live/team'

/** What moves a line; notes, searches and settings of others do not. */
const MOVES = /^(ticket|mail|reply|sla|work|break|shift|shift_swap|leave|action|staff|setting|mailbox|shop|handover)\./

const teamTopic = (ctx: Ctx, role: StaffRole): LiveTopic => ({
  name: `team/${role}`,
  hears: ({ kinds }) => [...kinds].some((kind) => MOVES.test(kind)),
  render: async (workspaceId) => {
    const team = await readTeam(ctx, workspaceId)
    const section = teamSection(team, { pagesUrl: ctx.config.http.pagesUrl, role })
    const scene = {
      clock: { zone: team.zone, now: team.now },
      typed: {},
      ticketId: null,
      holdsTexts: false,
      apart: true,
    }
    return htmlOf(html`${sectionsView([section], scene)}`)
  },
})

/** How the team stands, made once for all who lead it. */
export const liveTeam = livePart(PATH, LEADS, async (ctx, { actor }) => teamTopic(ctx, actor.role))

const LEADING: readonly string[] = LEADS

/** The same as part of a page; nothing for who does not lead. */
export const teamPlace = async (ctx: Ctx, { actor }: Visit) =>
  LEADING.includes(actor.role) ? livePlace(PATH, await teamTopic(ctx, actor.role).render(actor.workspaceId)) : null
