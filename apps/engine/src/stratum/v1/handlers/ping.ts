import type { Handler } from '../dispatch.js'

/** `mining.ping`, from a miner that wants to know whether the pool is there. */
export const ping: Handler = (session, request) => session.answer(request.id, 'pong')

/** An answer to our ping in the form of a request (ESP-Miner): there is nothing to say to it. */
export const pong: Handler = () => undefined
