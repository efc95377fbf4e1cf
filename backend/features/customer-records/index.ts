export { customerRecordRoutes } from './routes.ts'
