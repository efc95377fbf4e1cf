export { ticketRated } from './events.ts'
