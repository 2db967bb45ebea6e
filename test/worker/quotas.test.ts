import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { Quotas } from '../../src/serve/quotas.ts'
import { freshRoom } from './raw-client.ts'

it('[SV9] a machine of its own forgets a quota once it is full again, and no other', async () => {
  await runInDurableObject(env.QUOTAS.getByName(freshRoom()), async (_, state) => {
    const quotas = new Quotas(state, env)
    const [slow, fast] = [
      { burst: 1, perSecond: 0.001 },
      { burst: 1, perSecond: 1_000 },
    ]
    expect(await quotas.spend('slow', slow)).toBe(0)
    expect(await quotas.spend('fast', fast)).toBe(0)
    expect(await quotas.spend('slow', slow)).toBeGreaterThan(900_000)
    const asked = { want: 5, parts: [], shareOfRest: 0.1, limit: 30 }
    const { units } = await quotas.lease('slow', asked)
    expect(units).toBe(5)
    await scheduler.wait(5)
    await quotas.alarm()
    expect([...state.storage.kv.list()].map(([key]) => key)).toEqual(['bucket slow', 'budget slow'])
    expect(await state.storage.getAlarm()).not.toBeNull()
    expect((await quotas.lease('slow', { ...asked, limit: 9 })).units).toBe(0)
    state.storage.kv.delete('bucket slow')
    state.storage.kv.delete('budget slow')
    await state.storage.deleteAlarm()
    expect(await quotas.spend('fast', fast)).toBe(0)
    expect(await state.storage.getAlarm()).not.toBeNull()
    await state.storage.deleteAlarm()
    await scheduler.wait(5)
    await quotas.alarm()
    expect([...state.storage.kv.list()]).toEqual([])
    expect(await state.storage.getAlarm()).toBeNull()
  })
})
