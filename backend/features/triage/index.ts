export { begin } from './beginning.ts'
export { triagePart } from './card-part.ts'
export { triagePages } from './pages/index.ts'
export { triageRoutes } from './routes.ts'
