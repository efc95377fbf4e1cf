export { findOrCreateCustomer } from './meeting.ts'
