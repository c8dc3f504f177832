import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { freeRowOfPorts, freePort, isPortFree, onFreePort } from '../src/free-port.js'

const servers: Server[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

function occupy(port: number): Promise<void> {
  const server = createServer()
  servers.push(server)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

test('a free port is free until somebody takes it', async () => {
  const port = await freePort()
  expect(await isPortFree(port)).toBe(true)
  await occupy(port)
  expect(await isPortFree(port)).toBe(false)
})

test('no port is given a second time: whoever has one may close and open it again', async () => {
  const ports = new Set<number>()
  for (let n = 0; n < 500; n++) ports.add(await freePort())
  expect(ports.size).toBe(500)
})

test('a row of ports is free, nobody else is given one of them, and it is out of the way of whoever connects', async () => {
  const port = await freeRowOfPorts(3)
  const row = [port, port + 1, port + 2]
  expect(await Promise.all(row.map((one) => isPortFree(one)))).toEqual([true, true, true])
  for (let n = 0; n < 20; n++) expect(row).not.toContain(await freePort())
  expect(port + 2).toBeLessThan(32_768)
})

test('a service that lost its port to somebody else starts on another', async () => {
  const tried: number[] = []
  const port = await onFreePort(async (port) => {
    tried.push(port)
    if (tried.length === 1) {
      await occupy(port)
      throw new Error('address in use')
    }
    return port
  })
  expect(tried).toHaveLength(2)
  expect(port).toBe(tried[1])
})

test('a failure that is not about the port is not tried again', async () => {
  let starts = 0
  const failing = onFreePort(() => {
    starts++
    return Promise.reject(new Error('broken'))
  })
  await expect(failing).rejects.toThrow('broken')
  expect(starts).toBe(1)
})

test('somebody who takes every port ends the attempts', async () => {
  let starts = 0
  const failing = onFreePort(async (port) => {
    starts++
    await occupy(port)
    throw new Error('address in use')
  })
  await expect(failing).rejects.toThrow('address in use')
  expect(starts).toBe(3)
})
