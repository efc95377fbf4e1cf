export { findOrCreateCaller, giveAddress } from './calling.ts'
export { findOrCreateCustomer } from './meeting.ts'
