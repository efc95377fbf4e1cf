import { LEADS } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { LIVE_SCRIPT, liveLine, livePart, livePlace, page } from '../../settings/index.ts'
import { wallTopic } from './live.ts'
import { WALL_STYLE } from './style.ts'

const PATH = '/desk/wall'
const LISTENS = '/desk/live/wall'

export const wallPage = page(
  PATH,
  LEADS,
  async (ctx, { actor }) => {
    const part = await wallTopic(ctx, 'named').render(actor.workspaceId)
    return {
      title: 'Wallboard',
      body: html`<h1>Wallboard</h1>${livePlace(LISTENS, part)}${liveLine(PATH)}`,
      scripts: [LIVE_SCRIPT],
      style: WALL_STYLE,
    }
  },
  'Wall',
)

export const wallLive = livePart(LISTENS, LEADS, async (ctx) => wallTopic(ctx, 'named'))
