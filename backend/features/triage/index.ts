export { begin } from './beginning.ts'
export { triagePart } from './card-part.ts'
export { triageRoutes } from './routes.ts'
