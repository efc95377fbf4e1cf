import { historyPages } from './pages/history-page.ts'
import { shadowPages } from './pages/shadow-page.ts'
import { unansweredPages } from './pages/unanswered-page.ts'

export { cutOverPart } from './card.ts'
export { unansweredFollower } from './following.ts'
export { shadowHomePart } from './home-part.ts'
export { cutOverRoutes } from './routes.ts'

export const cutOverPages = [...shadowPages, ...historyPages, ...unansweredPages]
