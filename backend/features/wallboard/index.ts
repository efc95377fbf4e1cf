import type { LivePart, Page } from '../settings/index.ts'
import { displayForm, displayRevocation, displaysPage } from './displays/page.ts'
import { wallLive, wallPage } from './wall/page.ts'

export { mountDisplays } from './displays/mounting.ts'
export { displayRevoked } from './events.ts'
export { wallboardRoutes } from './routes.ts'

export const wallboardPages: readonly Page[] = [wallPage, displaysPage, displayForm, displayRevocation]
export const wallboardLiveParts: readonly LivePart[] = [wallLive]
