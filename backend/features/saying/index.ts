export { sayingPart } from './card-part.ts'
export { sayingFollowers } from './following.ts'
export { sayingRoutes } from './routes.ts'
export { checkSaid } from './said/checking.ts'
