import { LEADS } from '../../../../shared/roles.ts'
import type { HomePart } from '../../queues/index.ts'
import { readTeam } from './reading.ts'
import { teamSection } from './section.ts'

/** On the homepage of whoever leads. */
export const teamPart: HomePart = {
  roles: LEADS,
  sections: async (ctx, { workspaceId, role }) => [
    teamSection(await readTeam(ctx, workspaceId), { pagesUrl: ctx.config.http.pagesUrl, role }),
  ],
}
